import Facts

/// The units that the next boot starts: everything that `default.target` asks for, and what that
/// asks for in turn.
struct BootUnits {
    /// A unit and its settings.
    struct Unit {
        var name: UnitName
        var file: UnitFile
        /// Only a timer, a socket, a path, a device or the end of another unit starts it.
        var isTriggered: Bool
    }

    /// In the order of their names.
    private(set) var all: [Unit] = []
    /// Units that would start, and that cannot be read.
    private(set) var gaps: [HostError] = []

    private static let limit = 4096

    /// Follows the files of a host.
    init(of host: some HostView) {
        do throws(HostError) {
            let lookup = try UnitLookup(host: host)
            let triggered = try lookup.wantedByDevices() + WantedByRules(of: host).units
            let first = ["default.target", "sysinit.target", "basic.target"]
            follow(first.compactMap { UnitName($0) }, triggered, lookup)
        } catch {
            gaps.append(error)
        }
        all.sort { $0.name.text.utf8.lexicographicallyPrecedes($1.name.text.utf8) }
    }

    /// The units that the files of a unit start, or make something start.
    static func namedBy(_ name: UnitName, _ file: UnitFile) -> [UnitName] {
        let links = UnitLinks(name, file)
        return links.started + links.triggered
    }

    // First what starts by itself, then what that may trigger.
    private mutating func follow<View>(
        _ first: [UnitName], _ triggered: [UnitName], _ lookup: UnitLookup<View>
    ) {
        var waiting = first
        var later = triggered
        var seen: Set<UnitName> = Set(first)
        var isTriggered = false
        while seen.count < Self.limit {
            guard let name = waiting.popLast() else {
                waiting = later.filter { seen.insert($0).inserted }
                later = []
                isTriggered = true
                if waiting.isEmpty { return }
                continue
            }
            do throws(HostError) {
                guard case .unit(let own, let file) = try lookup.find(name) else { continue }
                if !all.contains(where: { $0.name == own }) {
                    all.append(Unit(name: own, file: file, isTriggered: isTriggered))
                }
                let links = UnitLinks(own, file)
                // Versions before 254 do not know these directories.
                later += links.triggered + (try lookup.linked([own, name], by: [".upholds"]))
                for next in try links.started + lookup.linked([own, name])
                where seen.insert(next).inserted {
                    waiting.append(next)
                }
            } catch {
                gaps.append(error)
            }
        }
        gaps.append(HostError(.tooLarge, "/etc/systemd/system"))
    }
}

/// The units that the settings of a unit name.
private struct UnitLinks {
    /// Those that start with it.
    var started: [UnitName]
    /// Those that it starts when something happens.
    var triggered: [UnitName] = []

    init(_ name: UnitName, _ file: UnitFile) {
        func units(_ keys: [String], in section: String) -> [UnitName] {
            keys.flatMap { file.words($0, in: section) }
                .compactMap { UnitName(name.expanding($0)) }
        }
        started = units(["Wants", "Requires", "BindsTo", "Upholds"], in: "Unit")
        triggered = units(["OnSuccess", "OnFailure"], in: "Unit")
        let own = [name.with(type: "service")].compactMap(\.self)
        switch name.type {
        case "timer", "path":
            let named = units(["Unit"], in: name.type == "timer" ? "Timer" : "Path")
            triggered += named.isEmpty ? own : named
        case "socket":
            let named = units(["Service"], in: "Socket")
            let each = [UnitName(name.stem + "@.service")].compactMap(\.self)
            let isForEach = ["yes", "true", "1", "on"].contains(file.value("Accept", in: "Socket"))
            triggered += named.isEmpty ? (isForEach ? each : own) : named
        default: break
        }
    }
}

/// Units that rules of udev(7) start with `SYSTEMD_WANTS`.
private struct WantedByRules {
    private(set) var units: [UnitName] = []

    // What packages bring starts units of packages, which are enabled by links as well.
    private static let directories: [HostPath] = [
        "/etc/udev/rules.d", "/usr/local/lib/udev/rules.d",
    ]

    init<View: HostView>(of host: View) throws(HostError) {
        for directory in Self.directories {
            for entry in try UnitLookup<View>.entries(of: directory, on: host)
            where entry.name.hasSuffix(".rules") && entry.kind != .directory {
                let bytes = try host.read(directory.appending(entry.name))
                let text = String(decoding: bytes, as: UTF8.self)
                guard text.contains("SYSTEMD_WANTS") else { continue }
                units += text.split { " \t\n\"=,".contains($0) }.compactMap { UnitName(String($0)) }
            }
        }
    }
}
