import Facts
import Linux

/// What a program without a text names: programs that change the rules, and libraries by which it
/// would do so itself.
///
/// One that speaks netlink(7) without either names nothing.
enum MachineCode {
    // Whatever is spelled so is about the rules: `nftables`, `go-iptables`, `libxtables.so`.
    private static let engines = [
        "iptables", "ip6tables", "nftables", "ebtables", "arptables", "xtables",
    ]
    .map { Array($0.utf8) }
    private static let common = Array("tables".utf8)
    // The last is the end of libip4tc, libip6tc and libiptc.
    private static let libraries = ["libnftnl", "libipset", "tc.so."].map { Array($0.utf8) }
    private static let words = ["nft", "ipset"].map { Array($0.utf8) }

    /// Programs that are larger are not looked through.
    static var largestSize: Int { 512 << 20 }

    /// Whether the program at a path names one of them.
    static func namesFilter(_ path: HostPath, on host: some HostView) throws(HostError) -> Bool {
        try host.anyPiece(of: path, limit: largestSize, namesFilter)
    }

    /// Whether some part of a program names one of them.
    static func namesFilter(_ bytes: [UInt8]) -> Bool {
        if ByteSearch.contains(common, in: bytes),
            engines.contains(where: { ByteSearch.contains($0, in: bytes) })
        {
            return true
        }
        return libraries.contains { ByteSearch.contains($0, in: bytes) }
            || words.contains { isWord($0, in: bytes) }
    }

    // `/usr/sbin/nft`, and `nft` by itself. Three letters are met by chance in much code, so that
    // what stands around them must be what ends a text.
    private static func isWord(_ word: [UInt8], in bytes: [UInt8]) -> Bool {
        var start = 0
        while let index = ByteSearch.index(of: word, in: bytes, from: start) {
            let end = index + word.count
            if index > 0, end < bytes.count, ends.contains(bytes[end]),
                bytes[index - 1] == UInt8(ascii: "/") || ends.contains(bytes[index - 1])
            {
                return true
            }
            start = index + 1
        }
        return false
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
