import Documents

extension MappingReader {
    /// What `body` makes of every mapping of a list, without those that are there already.
    mutating func different<Value: Hashable>(
        _ key: String, _ body: (inout MappingReader) -> Value?
    ) -> [Value] {
        different(key, by: \.self, body)
    }

    /// What `body` makes of every mapping of a list; two of one name are a mistake.
    mutating func different<Value: Hashable, Name: Hashable>(
        _ key: String, by name: KeyPath<Value, Name>, _ body: (inout MappingReader) -> Value?
    ) -> [Value] {
        var seen: [Name: Value] = [:]
        var values: [Value] = []
        for node in list(key) {
            guard let value = mapping(node, key, body) else { continue }
            guard let first = seen[value[keyPath: name]] else {
                seen[value[keyPath: name]] = value
                values.append(value)
                continue
            }
            if first == value {
                warning("the same entry stands twice in '\(key)'", at: node.mark)
            } else {
                error("two entries of '\(key)' have one name", at: node.mark)
            }
        }
        return values
    }
}
