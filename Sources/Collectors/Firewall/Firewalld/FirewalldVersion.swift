import Facts

/// How a version of firewalld(1) lays out its table; other versions than these are not followed.
enum FirewalldVersion {
    /// 1.3: a chain of zones, and each zone's chain asks the policies.
    case zones
    /// 2.3: one chain of policies, sorted by the priorities of zones.
    case policies

    /// Where the program keeps its own version.
    static let file: HostPath =
        "/usr/lib/python3/dist-packages/firewall/config/__init__.py"

    /// Nil of a version that is not known, or not seen.
    init?(on host: some HostView) {
        guard let lines = try? host.lines(of: Self.file) else { return nil }
        let versions = lines.compactMap { line in
            String(decoding: line, as: UTF8.self)
                .wholeMatch(of: /VERSION = ['"]([0-9]+\.[0-9]+)\.[0-9]+['"]/)?.1
        }
        switch versions {
        case ["1.3"]: self = .zones
        case ["2.3"]: self = .policies
        default: return nil
        }
    }
}
