import Facts

/// What the files of units say of the addresses that their sockets may speak with; see
/// systemd.resource-control(5), `IPAddressAllow=` and `IPAddressDeny=`.
struct UnitFilters {
    private var texts: [String: String] = [:]
    /// Units whose files were not seen.
    private(set) var gaps: [Gap] = []

    private static let keys = ["IPAddressDeny", "IPAddressAllow"]

    /// Reads the files of these units.
    init<View: HostView>(of units: Set<String>, on host: View) {
        let lookup: UnitLookup<View>
        do throws(HostError) {
            lookup = try UnitLookup(host: host)
        } catch {
            gaps.append(Gap(error, in: "", columns: ["unit_filter"]))
            return
        }
        for unit in units.sorted() {
            guard let name = UnitName(unit) else { continue }
            do throws(HostError) {
                guard case .unit(_, let file) = try lookup.find(name) else { continue }
                let section = unit.hasSuffix(".socket") ? "Socket" : "Service"
                let words = Self.keys.flatMap { key in
                    file.words(key, in: section).map { "\(key)=\($0)" }
                }
                if !words.isEmpty { texts[unit] = words.joined(separator: " ") }
            } catch {
                gaps.append(Gap(error, in: "", columns: ["unit_filter"]))
            }
        }
    }

    /// What the files of some units say; nil where they say nothing.
    func text(of units: [String]) -> String? {
        let said = Set(units).sorted().compactMap { unit in texts[unit].map { "\(unit): \($0)" } }
        return said.isEmpty ? nil : Readable.text(said.joined(separator: "; "))
    }
}
