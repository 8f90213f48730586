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
