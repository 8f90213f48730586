import Linux

/// Compares the namespaces of this process with those of the host's first one.
struct Namespaces: ~Copyable {
    /// `/proc`.
    private let processes: Descriptor

    init(_ processes: consuming Descriptor) {
        self.processes = processes
    }

    /// The namespaces that are not known to be the same.
    ///
    /// The links below `/proc/PID/ns` say it, but only to who may trace the first process; what
    /// everybody may read says the same otherwise.
    func gaps() -> [NamespaceGap] {
        NamespaceKind.allCases.compactMap { kind in
            switch isSame(kind) {
            case true?: nil
            case false?: NamespaceGap(kind, .different)
            case nil: NamespaceGap(kind, .notComparable)
            }
        }
    }

    private func isSame(_ kind: NamespaceKind) -> Bool? {
        if let same = both({ try? processes.target(ofLink: "\($0)/ns/\(kind.rawValue)".bytes) }) {
            return same
        }
        switch kind {
        // Every network namespace numbers its files below /proc/PID/net itself.
        case .network: return both { try? processes.information(of: "\($0)/net/dev".bytes).inode }
        // What names a user, and whether both mean the same by it.
        case .user: return both { maps(of: $0) }
        case .process: return hasOneNumber
        // No two namespaces share a mount.
        case .mount:
            guard let first = file("1/mountinfo"), let own = file("self/mountinfo") else {
                return nil
            }
            return !MountTable.ids(in: first).isDisjoint(with: MountTable.ids(in: own))
        }
    }

    private func both<Answer: Equatable>(_ answer: (String) -> Answer?) -> Bool? {
        guard let first = answer("1"), let own = answer("self") else { return nil }
        return first == own
    }

    private func maps(of process: String) -> [[UInt8]]? {
        guard let users = file("\(process)/uid_map"), let groups = file("\(process)/gid_map") else {
            return nil
        }
        return [users, groups]
    }

    // A process of a further namespace has a number in each; /proc shows those from its own on,
    // which is the one that process 1 begins.
    private var hasOneNumber: Bool? {
        guard let status = file("self/status") else { return nil }
        let line = status.split(separator: 0x0A).first { $0.starts(with: "NSpid:".utf8) }
        return line.map { $0.split { $0 == 0x09 || $0 == 0x20 }.count == 2 }
    }

    private func file(_ path: String) -> [UInt8]? {
        guard
            let bytes = try? processes.open(path.bytes, .reading).read(limit: ProcessFiles.limit),
            bytes.count <= ProcessFiles.limit
        else { return nil }
        return bytes
    }
}

extension String {
    fileprivate var bytes: [UInt8] { Array(utf8) }
}
