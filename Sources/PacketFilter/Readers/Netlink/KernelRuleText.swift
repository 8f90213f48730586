/// A rule in nft's words, as far as it is read.
struct KernelRuleText {
    /// A match that nft leaves out where a later one asks for it anyway.
    enum Dependency: Hashable {
        case family(Address.Family)
        case transport(UInt8)
    }

    private var words: [String] = []
    private var pending: [(Dependency, String)] = []

    /// Adds a part of the rule.
    mutating func add(_ part: String) {
        flush()
        words.append(part)
    }

    /// Adds a match that may turn out to go without saying.
    mutating func add(_ part: String, unless dependency: Dependency) {
        pending.append((dependency, part))
    }

    /// What comes next asks for this itself.
    mutating func imply(_ dependency: Dependency) {
        pending.removeAll { $0.0 == dependency }
    }

    private mutating func flush() {
        words += pending.map(\.1)
        pending = []
    }

    /// The rule on one line, cut where it is long; what is no printable character is left out.
    mutating func finish(comment: String?) -> String {
        flush()
        if let comment { words.append("comment \"\(comment)\"") }
        let text = words.joined(separator: " ").unicodeScalars.filter {
            $0.value >= 0x20 && $0.value != 0x7F && !(0x80..<0xA0).contains($0.value)
        }
        return String(String(String.UnicodeScalarView(text)).prefix(500))
    }
}
