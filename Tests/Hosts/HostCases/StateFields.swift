import Yams

/// The fields of one mapping, each taken once; what is left over is an error.
struct StateFields {
    /// The file and the state, for messages.
    let place: String
    private let placeholders: Placeholders
    private var left: [String: Node] = [:]

    init(_ node: Node, place: String, placeholders: Placeholders) throws(StateError) {
        self.place = place
        self.placeholders = placeholders
        guard let mapping = node.mapping else { throw StateError(place, "it is not a mapping") }
        for (key, value) in mapping {
            guard let name = key.string else { throw StateError(place, "a key is not text") }
            left[name] = value
        }
    }

    /// The fields of a mapping inside this one.
    func nested(_ node: Node) throws(StateError) -> StateFields {
        try StateFields(node, place: place, placeholders: placeholders)
    }

    mutating func ignore(_ name: String) {
        left[name] = nil
    }

    /// Fails if a field was given that nobody took.
    func finish() throws(StateError) {
        guard let name = left.keys.min() else { return }
        throw StateError(place, "unknown field \"\(name)\"")
    }

    mutating func textIfGiven(_ name: String) throws(StateError) -> String? {
        guard let node = left.removeValue(forKey: name) else { return nil }
        guard let scalar = node.scalar else { throw StateError(place, "\"\(name)\" is not text") }
        return placeholders.filled(scalar.string)
    }

    mutating func text(_ name: String) throws(StateError) -> String {
        guard let text = try textIfGiven(name) else {
            throw StateError(place, "\"\(name)\" is missing")
        }
        return text
    }

    mutating func flag(_ name: String) throws(StateError) -> Bool {
        switch try textIfGiven(name) {
        case "true": true
        case "false", nil: false
        case .some: throw StateError(place, "\"\(name)\" is neither true nor false")
        }
    }

    mutating func number(_ name: String) throws(StateError) -> Int? {
        guard let text = try textIfGiven(name) else { return nil }
        guard let number = Int(text) else { throw StateError(place, "\"\(name)\" is no number") }
        return number
    }

    mutating func words(_ name: String) throws(StateError) -> [String] {
        let items = nodes(name)
        let words = items.compactMap(\.scalar?.string)
        guard words.count == items.count else {
            throw StateError(place, "\"\(name)\" is not a list of words")
        }
        return words
    }

    /// The items of a list; none where it is not given.
    mutating func nodes(_ name: String) -> [Node] {
        guard let node = left.removeValue(forKey: name) else { return [] }
        return node.sequence.map(Array.init) ?? [node]
    }

    mutating func oneOf(_ choices: [String], _ name: String) throws(StateError) -> String? {
        guard let text = try textIfGiven(name) else { return nil }
        guard choices.contains(text) else {
            throw StateError(place, "\"\(name)\" cannot be \"\(text)\"")
        }
        return text
    }

    mutating func answerIfGiven(_ name: String) throws(StateError) -> Answer? {
        try oneOf(Answer.allCases.map(\.rawValue), name).flatMap(Answer.init)
    }

    mutating func answer(_ name: String) throws(StateError) -> Answer {
        guard let answer = try answerIfGiven(name) else {
            throw StateError(place, "\"\(name)\" is missing")
        }
        return answer
    }

    mutating func answers(_ name: String) throws(StateError) -> [Answer] {
        let words = try words(name)
        let answers = words.compactMap(Answer.init)
        guard answers.count == words.count else {
            throw StateError(place, "\"\(name)\" has a word that is no verdict")
        }
        return answers
    }

    /// A nested document as text of its own; nil where it is not given.
    mutating func document(_ name: String) -> String? {
        guard let node = left.removeValue(forKey: name) else { return nil }
        // A document may be given as a block of text, which is then its text.
        let text = node.scalar?.string ?? (try? Yams.serialize(node: node))
        return text.map(placeholders.filled)
    }
}
