package import Facts

/// The operating system, as it names itself.
///
/// Read from `/etc/os-release`, otherwise from `/usr/lib/os-release`; see `os-release(5)`.
package struct OSVersion: Collector {
    package struct Row: Sendable, Equatable {
        var id: String
        var name: String?
        var version: String?
        var codename: String?
        var idLike: String?
    }

    package static let table = FactTable<Row>(
        "os_version", "The operating system, as it names itself.", key: .column("id"),
        layer: .both,
        columns: [
            .text("id", \.id, "Its identifier, such as `debian`."),
            .text("name", \.name, "Its name for people."),
            .text("version", \.version, "Its version, such as `12`; a rolling system has none."),
            .text("codename", \.codename, "The release's code name, such as `bookworm`."),
            .text("id_like", \.idLike, "The systems that it is made from, by spaces."),
        ])

    package init() {}

    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        do throws(HostError) {
            return Self.parse(try Self.lines(of: host))
        } catch  where error.code == .notFound {
            return .complete([])
        } catch {
            return .unavailable(Gap(error, in: name))
        }
    }

    private static func lines(of host: some HostView) throws(HostError) -> [[UInt8]] {
        do throws(HostError) {
            return try host.lines(of: "/etc/os-release")
        } catch  where error.code == .notFound {
            return try host.lines(of: "/usr/lib/os-release")
        }
    }

    private static func parse(_ lines: [[UInt8]]) -> Gathered<Row> {
        var values: [String: String] = [:]
        for line in lines {
            let text = Readable.text(line)
            guard !text.hasPrefix("#"), let equals = text.firstIndex(of: "=") else { continue }
            let value = text[text.index(after: equals)...].filter { $0 != "\"" && $0 != "'" }
            values[String(text[..<equals])] = value
        }
        // os-release(5): a system that does not say what it is counts as `linux`.
        return .complete([
            Row(
                id: values["ID"] ?? "linux", name: values["NAME"], version: values["VERSION_ID"],
                codename: values["VERSION_CODENAME"], idLike: values["ID_LIKE"])
        ])
    }
}
