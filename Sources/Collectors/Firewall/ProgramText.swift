import Facts

/// What the text of a program says about the rules; machine code says nothing.
struct ProgramText {
    /// Whether it is a script that names a program which changes the rules, or cannot be seen.
    let mayChangeRules: Bool

    // Machine code is large, and is known by its name alone.
    private static let largestScript = 1 << 20

    /// Reads the program at a path.
    init(of path: HostPath, on host: some HostView) {
        do throws(HostError) {
            let bytes = try host.read(path, limit: Self.largestScript)
            mayChangeRules =
                bytes.starts(with: "#!".utf8)
                && (FilterPrograms.areNamed(in: bytes) || Self.isRules(bytes))
        } catch {
            switch error.code {
            case .notFound, .notRegular, .tooLarge: mayChangeRules = false
            default: mayChangeRules = true
            }
        }
    }

    // A file that begins with `#!/usr/sbin/nft -f` is rules.
    private static func isRules(_ bytes: [UInt8]) -> Bool {
        bytes.prefix { $0 != 0x0A }.split { $0 == 0x2F || $0 == 0x20 }.contains {
            $0.elementsEqual("nft".utf8)
        }
    }
}
