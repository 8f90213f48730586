import Linux

/// A part of the system that a process may see otherwise than the host's first process does.
///
/// See namespaces(7).
package enum NamespaceKind: String, Sendable, Hashable, CaseIterable {
    case network = "net"
    case process = "pid"
    case user = "user"
    case mount = "mnt"
}

/// A namespace of the scan that is not known to be the host's.
package struct NamespaceGap: Sendable, Hashable {
    /// What is known of it.
    package enum Finding: String, Sendable, Hashable {
        /// The first process has another one.
        case different
        /// The kernel does not let the scan see which one the first process has.
        case notComparable
    }

    package var kind: NamespaceKind
    package var finding: Finding

    /// A gap by its parts.
    package init(_ kind: NamespaceKind, _ finding: Finding) {
        self.kind = kind
        self.finding = finding
    }

    /// What it leaves unknown in a table about such things.
    package func gap(in table: String) -> Gap {
        let sentence =
            switch finding {
            case .different: "the scan runs in another \(kind.rawValue) namespace than the host"
            case .notComparable:
                "the scan may not see whether its \(kind.rawValue) namespace is the host's"
            }
        return Gap(.otherNamespace, in: table, sentence)
    }
}

/// Compares the namespaces of this process with those of the host's first one.
enum Namespaces {
    /// The namespaces that are not known to be the same, by the links below `/proc/PID/ns`.
    static func gaps(in processes: borrowing Descriptor) -> [NamespaceGap] {
        NamespaceKind.allCases.compactMap { kind in
            guard let first = name(of: kind, process: "1", in: processes),
                let own = name(of: kind, process: "self", in: processes)
            else { return NamespaceGap(kind, .notComparable) }
            return first == own ? nil : NamespaceGap(kind, .different)
        }
    }

    private static func name(
        of kind: NamespaceKind, process: String, in processes: borrowing Descriptor
    ) -> [UInt8]? {
        try? processes.target(ofLink: Array("\(process)/ns/\(kind.rawValue)".utf8))
    }
}
