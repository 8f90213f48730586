import Facts

/// The units that the next boot starts: everything that `default.target` asks for, and what that
/// asks for in turn.
struct BootUnits {
    /// A unit and its settings.
    struct Unit {
        var name: UnitName
        var file: UnitFile
    }

    /// In the order of their names.
    private(set) var all: [Unit] = []
    /// Units that would start, and that cannot be read.
    private(set) var gaps: [HostError] = []

    private static let limit = 4096

    /// Follows the files of a host.
    init(of host: some HostView) {
        let lookup = UnitLookup(host: host)
        var waiting = ["default.target", "sysinit.target", "basic.target"].compactMap {
            UnitName($0)
        }
        var seen = Set(waiting)
        while let name = waiting.popLast(), seen.count < Self.limit {
            do throws(HostError) {
                guard case .unit(let own, let file) = try lookup.find(name) else { continue }
                if !all.contains(where: { $0.name == own }) {
                    all.append(Unit(name: own, file: file))
                }
                for next in try Self.started(by: own, name, file, lookup)
                where seen.insert(next).inserted {
                    waiting.append(next)
                }
            } catch {
                gaps.append(error)
            }
        }
        if !waiting.isEmpty { gaps.append(HostError(.tooLarge, "/etc/systemd/system")) }
        all.sort { $0.name.text.utf8.lexicographicallyPrecedes($1.name.text.utf8) }
    }

    private static func started<View>(
        by name: UnitName, _ asked: UnitName, _ file: UnitFile, _ lookup: UnitLookup<View>
    ) throws(HostError) -> [UnitName] {
        let keys = ["Wants", "Requires", "BindsTo", "Upholds"]
        var names = keys.flatMap { file.words($0, in: "Unit") }.compactMap { UnitName($0) }
        for owner in Set([name, asked]) {
            for suffix in [".wants", ".requires", ".upholds"] {
                names += try lookup.linked(owner, suffix)
            }
        }
        switch name.type {
        case "timer", "path":
            let section = name.type == "timer" ? "Timer" : "Path"
            let unit = file.value("Unit", in: section).flatMap { UnitName($0) }
            names += [unit ?? name.with(type: "service")].compactMap(\.self)
        case "socket":
            let unit = file.value("Service", in: "Socket").flatMap { UnitName($0) }
            let isForEach = ["yes", "true", "1", "on"].contains(file.value("Accept", in: "Socket"))
            names += [unit ?? (isForEach ? nil : name.with(type: "service"))].compactMap(\.self)
        default: break
        }
        return names
    }
}
