/// A scalar of a YAML file, typed by the core schema (YAML 1.2.2, chapter 10.3).
package struct YAMLScalar: Sendable, Hashable {
    /// What a scalar is.
    package enum Kind: Sendable, Hashable {
        case text, number, truth, nothing
    }

    package var text: String
    /// Whether it stands without quotes; only then can it be anything but a text.
    package var isPlain: Bool

    /// A scalar by its parts.
    package init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// What the core schema makes of it.
    package var kind: Kind {
        guard isPlain else { return .text }
        switch text {
        case "", "~", "null", "Null", "NULL": return .nothing
        case "true", "True", "TRUE", "false", "False", "FALSE": return .truth
        default: return Self.isNumber(text) ? .number : .text
        }
    }

    /// The truth, if this is one.
    package var truth: Bool? {
        guard kind == .truth else { return nil }
        return text.lowercased() == "true"
    }

    /// The decimal integer, if this is one that is written without leading zeros.
    package var integer: Int64? {
        guard kind == .number else { return nil }
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard digits.first != "0" || digits.count == 1 else { return nil }
        return Int64(text)
    }

    // By bytes, for every scalar of every file is asked: a regular expression is compiled each time.
    private static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if rest.starts(with: "0o".utf8) {
            return isAll(rest.dropFirst(2)) { (0x30...0x37).contains($0) }
        }
        if rest.starts(with: "0x".utf8) { return isAll(rest.dropFirst(2), isHexadecimal) }
        if [".nan", ".NaN", ".NAN"].contains(text) { return true }
        skipSign(&rest)
        if [".inf", ".Inf", ".INF"].contains(where: { rest.elementsEqual($0.utf8) }) {
            return true
        }
        let whole = skipDigits(&rest)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = skipDigits(&rest)
        }
        guard whole + fraction > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            skipSign(&rest)
            guard skipDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func isAll(_ text: Substring.UTF8View, _ isDigit: (UInt8) -> Bool) -> Bool {
        !text.isEmpty && text.allSatisfy(isDigit)
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDecimal(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private static func skipSign(_ rest: inout Substring.UTF8View) {
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
    }

    // How many there were.
    private static func skipDigits(_ rest: inout Substring.UTF8View) -> Int {
        let digits = rest.prefix(while: isDecimal)
        rest = rest.dropFirst(digits.count)
        return digits.count
    }
}
