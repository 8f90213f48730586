import Facts
import Linux

/// What a program without a text names: programs that change the rules, and libraries by which it
/// would do so itself.
///
/// One that speaks netlink(7) without either names nothing.
enum MachineCode {
    // Whatever is spelled so is about the rules: `nftables`, `go-iptables`, `libxtables.so`; the last
    // is the end of libip4tc, libip6tc and libiptc.
    private static let spellings = [
        "iptables", "ip6tables", "nftables", "ebtables", "arptables", "xtables", "libnftnl",
        "libipset", "tc.so.",
    ]
    // Three letters are met by chance in much code: what stands around them must be what ends a text.
    private static let words = ["nft", "ipset"]
    private static let texts = ByteSearch.Texts(libraries + spellings + words)
    // Whoever needs them changes the rules, or shows them.
    private static let libraries = [
        "libnftables.so", "libnftnl.so", "libxtables.so", "libip4tc.so", "libip6tc.so",
        "libipset.so",
    ]

    /// Programs that are larger are not looked through.
    static var largestSize: Int { 512 << 20 }

    /// Why the program at a path may change the rules: by the first library or name that stands in it.
    static func reason(
        of path: HostPath, on host: some HostView
    ) throws(HostError) -> Suspicion.Reason? {
        var reason: Suspicion.Reason?
        _ = try host.anyPiece(of: path, limit: largestSize) { bytes in
            reason = Self.reason(in: bytes)
            return reason != nil
        }
        return reason
    }

    private static func reason(in bytes: [UInt8]) -> Suspicion.Reason? {
        var start = 0
        while let index = ByteSearch.index(ofAny: texts, in: bytes, from: start) {
            let rest = bytes[index...]
            if libraries.contains(where: { rest.starts(with: $0.utf8) }) { return .isProgram }
            if spellings.contains(where: { rest.starts(with: $0.utf8) }) { return .namesProgram }
            if words.contains(where: { rest.starts(with: $0.utf8) && isWord($0, at: index, bytes) })
            {
                return .namesProgram
            }
            start = index + 1
        }
        return nil
    }

    // `/usr/sbin/nft`, and `nft` by itself.
    private static func isWord(_ word: String, at index: Int, _ bytes: [UInt8]) -> Bool {
        let end = index + word.utf8.count
        guard index > 0, end < bytes.count, ends.contains(bytes[end]) else { return false }
        return bytes[index - 1] == UInt8(ascii: "/") || ends.contains(bytes[index - 1])
    }

    private static let ends = Set("\0 \n'\"".utf8)
}

/// Programs without a text that something at boot runs.
struct MachinePrograms<View: HostView> {
    let host: View

    private static var largestCopy: Int { 4 << 20 }
    private static var programs: [HostPath] {
        [
            "/usr/sbin/nft", "/usr/sbin/xtables-nft-multi", "/usr/sbin/xtables-legacy-multi",
            "/usr/sbin/ipset",
        ]
    }

    /// Whether a program is a copy under another name of one that changes the rules.
    func isCopy(_ path: HostPath) throws(HostError) -> Bool {
        for program in Self.programs where try isCopy(path, of: program) { return true }
        return false
    }

    private func isCopy(_ path: HostPath, of program: HostPath) throws(HostError) -> Bool {
        do throws(HostError) {
            let real = try host.resolve(program)
            guard real != path, try host.status(of: real).size == host.status(of: path).size else {
                return false
            }
            return try host.read(path, limit: Self.largestCopy)
                == host.read(real, limit: Self.largestCopy)
        } catch {
            if error.code == .notFound { return false }
            throw error
        }
    }
}
