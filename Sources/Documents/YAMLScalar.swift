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

    private static func isNumber(_ text: String) -> Bool {
        if text.wholeMatch(of: /[-+]?[0-9]+/) != nil { return true }
        if text.wholeMatch(of: /0o[0-7]+|0x[0-9a-fA-F]+/) != nil { return true }
        if text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil {
            return true
        }
        return text.wholeMatch(of: /[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)/) != nil
    }
}
