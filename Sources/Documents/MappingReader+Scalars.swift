extension MappingReader {
    /// A text that must be there and may not be empty.
    package mutating func text(_ key: String) -> String {
        guard let node = requiredNode(key) else { return "" }
        return text(node, key) ?? ""
    }

    /// A text that may be missing, but not empty.
    package mutating func optionalText(_ key: String) -> String? {
        node(key).flatMap { text($0, key) }
    }

    /// A whole number that must be there.
    package mutating func integer(_ key: String, in range: ClosedRange<Int64>) -> Int64 {
        guard let node = requiredNode(key) else { return range.lowerBound }
        return integer(node, key, in: range) ?? range.lowerBound
    }

    /// A whole number that may be missing.
    package mutating func optionalInteger(
        _ key: String, in range: ClosedRange<Int64>
    ) -> Int64? {
        node(key).flatMap { integer($0, key, in: range) }
    }

    /// `true` or `false`, or the fallback where it is missing.
    package mutating func truth(_ key: String, or fallback: Bool) -> Bool {
        guard let node = node(key) else { return fallback }
        if let truth = node.scalar?.truth { return truth }
        // Words that YAML 1.1 took for truths.
        let isOldTruth = ["yes", "no", "on", "off"].contains(node.text?.lowercased())
        mistake(node, key, "true or false", hint: isOldTruth ? "write true or false" : nil)
        return fallback
    }

    /// One word of a closed list, which must be there.
    package mutating func choice<Choice>(_ key: String, of: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        requiredNode(key).flatMap { choice($0, key) }
    }

    /// One word of a closed list, which may be missing.
    package mutating func optionalChoice<Choice>(_ key: String, of: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        node(key).flatMap { choice($0, key) }
    }

    /// The text that a value is; a mistake is reported, and then it is nil.
    package mutating func text(_ node: YAMLNode, _ key: String) -> String? {
        guard let scalar = node.scalar, scalar.kind == .text else {
            let isScalar = node.scalar.map { $0.kind != .nothing } ?? false
            mistake(node, key, "a text", hint: isScalar ? "write it in quotes" : nil)
            return nil
        }
        guard scalar.text.contains(where: { !$0.isWhitespace }) else {
            error("'\(key)' is empty", at: node.mark)
            return nil
        }
        return scalar.text
    }

    /// The number that a value is; a mistake is reported, and then it is nil.
    package mutating func integer(
        _ node: YAMLNode, _ key: String, in range: ClosedRange<Int64>
    ) -> Int64? {
        guard let scalar = node.scalar, scalar.kind == .number else {
            let isText = node.text.flatMap { Int64($0) } != nil
            mistake(node, key, "a number", hint: isText ? "write it without quotes" : nil)
            return nil
        }
        guard let number = scalar.integer else {
            error("'\(key)' must be a whole decimal number without leading zeros", at: node.mark)
            return nil
        }
        guard range.contains(number) else {
            error("'\(key)' must be \(range.words)", at: node.mark)
            return nil
        }
        return number
    }

    /// The word that a value is; a mistake is reported, and then it is nil.
    package mutating func choice<Choice>(_ node: YAMLNode, _ key: String) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        guard let text = text(node, key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        error(
            "\(Quoted.text(text)) is not a value of '\(key)'", at: node.mark,
            hint: Suggestion.hint(for: text, among: Choice.allCases.map(\.rawValue)))
        return nil
    }

    /// Says that a value is not of the type that its key has.
    package mutating func mistake(
        _ node: YAMLNode, _ key: String, _ expected: String, hint: String? = nil
    ) {
        error("'\(key)' must be \(expected), not \(node.noun)", at: node.mark, hint: hint)
    }
}

extension ClosedRange<Int64> {
    fileprivate var words: String {
        upperBound == .max ? "at least \(lowerBound)" : "between \(lowerBound) and \(upperBound)"
    }
}
