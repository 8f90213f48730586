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

    /// Programs that are larger are not looked through.
    static var largestSize: Int { 512 << 20 }

    /// Whether the program at a path names one of them.
    static func namesFilter(_ path: HostPath, on host: some HostView) throws(HostError) -> Bool {
        try host.anyPiece(of: path, limit: largestSize, namesFilter)
    }

    /// Whether some part of a program names one of them.
    static func namesFilter(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while let index = ByteSearch.index(ofAny: spellings + words, in: bytes, from: start) {
            let rest = bytes[index...]
            if spellings.contains(where: { rest.starts(with: $0.utf8) }) { return true }
            if words.contains(where: { rest.starts(with: $0.utf8) && isWord($0, at: index, bytes) })
            {
                return true
            }
            start = index + 1
        }
        return false
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

    private static var largestBeginning: Int { 4 << 20 }
    // Whoever needs them changes the rules, or shows them.
    private static var libraries: [String] {
        [
            "libnftables.so", "libnftnl.so", "libxtables.so", "libip4tc.so", "libip6tc.so",
            "libipset.so",
        ]
    }
    private static var programs: [HostPath] {
        [
            "/usr/sbin/nft", "/usr/sbin/xtables-nft-multi", "/usr/sbin/xtables-legacy-multi",
            "/usr/sbin/ipset",
        ]
    }

    /// Why a program that no package brought may change the rules: by the libraries that it needs,
    /// which stand near its beginning, or by what it names.
    func reason(of path: HostPath) throws(HostError) -> Suspicion.Reason? {
        let bytes = try host.beginning(of: path, count: Self.largestBeginning)
        if Self.libraries.contains(where: { ByteSearch.contains(Array($0.utf8), in: bytes) }) {
            return .isProgram
        }
        return try MachineCode.namesFilter(path, on: host) ? .namesProgram : nil
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
            return try host.read(path, limit: Self.largestBeginning)
                == host.read(real, limit: Self.largestBeginning)
        } catch {
            if error.code == .notFound { return false }
            throw error
        }
    }
}
