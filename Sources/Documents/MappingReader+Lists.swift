extension MappingReader {
    /// A list of texts; missing, it is empty.
    package mutating func texts(_ key: String) -> [String] {
        list(key).compactMap { text($0, key) }
    }

    /// A list of texts that must be there and hold something.
    package mutating func requiredTexts(_ key: String) -> [String] {
        nonEmptyList(key).compactMap { text($0, key) }
    }

    /// A list of different words of a closed list, which must be there and hold something.
    package mutating func choices<Choice>(_ key: String, of: Choice.Type) -> [Choice]
    where Choice: CaseIterable & RawRepresentable & Equatable, Choice.RawValue == String {
        var choices: [Choice] = []
        for node in nonEmptyList(key) {
            guard let choice: Choice = choice(node, key) else { continue }
            if choices.contains(choice) {
                error("'\(choice.rawValue)' stands twice", at: node.mark)
            } else {
                choices.append(choice)
            }
        }
        return choices
    }

    /// The elements of a list; missing, there are none.
    package mutating func list(_ key: String) -> [YAMLNode] {
        guard let node = node(key) else { return [] }
        guard case .list(let elements) = node.content else {
            mistake(node, key, "a list")
            return []
        }
        return elements
    }

    private mutating func nonEmptyList(_ key: String) -> [YAMLNode] {
        guard let node = requiredNode(key) else { return [] }
        let elements = list(key)
        if elements.isEmpty, case .list = node.content {
            error("'\(key)' is empty", at: node.mark)
        }
        return elements
    }

    /// What `body` makes of the mapping below a key, if the key is there.
    package mutating func section<Value>(
        _ key: String, _ body: (inout MappingReader) -> Value?
    ) -> Value? {
        node(key).flatMap { mapping($0, key, body) }
    }

    /// What `body` makes of the mapping below a key that must be there.
    package mutating func requiredSection<Value>(
        _ key: String, _ body: (inout MappingReader) -> Value?
    ) -> Value? {
        requiredNode(key).flatMap { mapping($0, key, body) }
    }

    /// What `body` makes of every mapping of a list; missing, there are none.
    package mutating func sections<Value>(
        _ key: String, _ body: (inout MappingReader) -> Value?
    ) -> [Value] {
        list(key).compactMap { mapping($0, key, body) }
    }

    /// What `body` makes of every entry of a mapping whose keys are free; missing, there are none.
    package mutating func entries<Value>(
        _ key: String, _ body: (YAMLEntry, inout MappingReader) -> Value?
    ) -> [Value] {
        guard let node = node(key) else { return [] }
        guard case .mapping(let entries) = node.content else {
            mistake(node, key, "a mapping")
            return []
        }
        return entries.compactMap { body($0, &self) }
    }

    /// What `body` makes of the mapping that a node is.
    package mutating func mapping<Value>(
        _ node: YAMLNode, _ name: String, _ body: (inout MappingReader) -> Value?
    ) -> Value? {
        let reading = MappingReader.reading(node, "'\(name)'", body)
        add(reading.diagnostics)
        return reading.value
    }
}
