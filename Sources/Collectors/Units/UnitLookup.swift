import Facts

/// Finds units by their files; see systemd.unit(5), "Unit File Load Path".
///
/// What lies below `/run` is gone at the next boot and does not count.
struct UnitLookup<View: HostView> {
    /// What a name leads to.
    enum Found {
        /// A link to `/dev/null`, or an empty file.
        case masked
        case missing
        /// The unit under its own name.
        case unit(UnitName, UnitFile)
    }

    let host: View
    // Other names of units, by the unit.
    private let aliases: [String: [UnitName]]

    static var directories: [HostPath] {
        [
            "/etc/systemd/system.control", "/etc/systemd/system", "/etc/systemd/system.attached",
            "/usr/local/lib/systemd/system",
            "/usr/lib/systemd/system", "/lib/systemd/system",
        ]
    }

    /// A lookup that knows the names that links give to units.
    init(host: View) throws(HostError) {
        self.host = host
        var seen: Set<HostPath> = []
        var aliases: [String: [UnitName]] = [:]
        for directory in Self.directories {
            for entry in try Self.entries(of: directory, on: host)
            where seen.insert(entry.name).inserted && entry.kind == .link {
                guard let name = UnitName(entry.name.description) else { continue }
                let target = try host.target(ofLink: directory.appending(entry.name)).name
                if target != entry.name { aliases[target.description, default: []].append(name) }
            }
        }
        self.aliases = aliases
    }

    /// The unit of a name, with its drop-ins.
    func find(_ name: UnitName) throws(HostError) -> Found {
        try find(name, links: 0)
    }

    private func find(_ name: UnitName, links: Int) throws(HostError) -> Found {
        for directory in Self.directories {
            let path = directory.appending(HostPath(name.text))
            guard let status = try status(of: path) else { continue }
            switch status.kind {
            case .link:
                let target = try host.target(ofLink: path)
                if isNothing(target, from: directory) { return .masked }
                if let other = UnitName(target.name.description), other != name,
                    other != name.template, links < 8
                {
                    return try find(other, links: links + 1)
                }
            case .regular: break
            case .directory, .device, .pipe, .socket: continue
            }
            let bytes = try host.read(path)
            if bytes.isEmpty { return .masked }
            return .unit(name, try withDropIns(UnitFile(parsing: bytes, from: path), of: name))
        }
        if let template = name.template {
            guard case .unit(_, var file) = try find(template, links: links + 1) else {
                return try find(template, links: links + 1)
            }
            file = try withDropIns(file, of: name)
            return .unit(name, file)
        }
        return .missing
    }

    /// The units that directories such as `multi-user.target.wants` name.
    func linked(
        _ names: Set<UnitName>, by suffixes: [String] = [".wants", ".requires"]
    ) throws(HostError) -> [UnitName] {
        let owners = names.flatMap { [$0, $0.template].compactMap(\.self) }.map(\.text)
        var found: [UnitName] = []
        for directory in Self.directories {
            for owner in Set(owners).sorted() {
                for suffix in suffixes {
                    found += try linked(in: directory.appending(HostPath(owner + suffix)))
                }
            }
        }
        return found
    }

    /// The units that devices want as soon as they appear.
    func wantedByDevices() throws(HostError) -> [UnitName] {
        var found: [UnitName] = []
        for directory in Self.directories {
            for entry in try entries(of: directory)
            where entry.name.hasSuffix(".device.wants") || entry.name.hasSuffix(".device.requires")
            {
                found += try linked(in: directory.appending(entry.name))
            }
        }
        return found
    }

    private func linked(in links: HostPath) throws(HostError) -> [UnitName] {
        var found: [UnitName] = []
        for entry in try entries(of: links) {
            guard let unit = UnitName(entry.name.description) else { continue }
            if entry.kind == .link {
                let target = try host.target(ofLink: links.appending(entry.name))
                // Such a dependency is ignored; see process_deps() in load-dropin.c.
                if isNothing(target, from: links) { continue }
            }
            found.append(unit)
        }
        return found
    }

    private func withDropIns(_ file: UnitFile, of name: UnitName) throws(HostError) -> UnitFile {
        var file = file
        var seen: Set<HostPath> = []
        var parts: [(name: HostPath, path: HostPath)] = []
        let owners = ([name] + aliases[name.text, default: []]).flatMap {
            $0.dropInNames.reversed()
        }
        // A file hides those of its name in directories that count less.
        for directory in Self.directories {
            for owner in owners {
                let place = directory.appending(HostPath(owner + ".d"))
                for entry in try entries(of: place)
                where entry.name.hasSuffix(".conf") && seen.insert(entry.name).inserted {
                    parts.append((entry.name, place.appending(entry.name)))
                }
            }
        }
        for part in parts.sorted(by: { $0.name < $1.name }) {
            let isLink = try host.status(of: part.path).kind == .link
            if isLink, isNothing(try host.target(ofLink: part.path), from: part.path.parent) {
                continue
            }
            file.add(UnitFile(parsing: try host.read(part.path), from: part.path))
        }
        return file
    }

    private func status(of path: HostPath) throws(HostError) -> FileStatus? {
        do throws(HostError) {
            return try host.status(of: path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    private func entries(of directory: HostPath) throws(HostError) -> [DirectoryEntry] {
        try Self.entries(of: directory, on: host)
    }

    /// The entries of a directory; none of one that is not there.
    static func entries(
        of directory: HostPath, on host: View
    ) throws(HostError) -> [DirectoryEntry] {
        do throws(HostError) {
            return try host.list(directory)
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
    }

    // Whether a link leads to /dev/null, which need not exist in an image.
    private func isNothing(_ target: HostPath, from directory: HostPath) -> Bool {
        var components: [HostPath] = target.hasPrefix("/") ? [] : directory.components
        for component in target.components where component != "." {
            if component == ".." {
                _ = components.popLast()
            } else {
                components.append(component)
            }
        }
        return components == ["dev", "null"]
    }
}
