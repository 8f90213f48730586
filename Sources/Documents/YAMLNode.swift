/// A value of a YAML file, and where it starts.
package struct YAMLNode: Sendable, Hashable {
    /// What the value is.
    package enum Content: Sendable, Hashable {
        case scalar(YAMLScalar)
        case list([YAMLNode])
        case mapping([YAMLEntry])
    }

    package var content: Content
    package var mark: Mark

    /// A value by its parts.
    package init(_ content: Content, at mark: Mark) {
        self.content = content
        self.mark = mark
    }

    /// The scalar, if this is one.
    package var scalar: YAMLScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    /// The text, if this is a scalar that is one.
    package var text: String? {
        guard let scalar, scalar.kind == .text else { return nil }
        return scalar.text
    }

    /// What it is called in a message.
    var noun: String {
        switch content {
        case .list: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.kind {
            case .text: "a text"
            case .number: "a number"
            case .truth: "a truth value"
            case .nothing: "nothing"
            }
        }
    }
}

/// A key of a mapping and its value.
package struct YAMLEntry: Sendable, Hashable {
    package var key: String
    package var keyMark: Mark
    package var value: YAMLNode

    /// An entry by its parts.
    package init(key: String, keyMark: Mark, value: YAMLNode) {
        self.key = key
        self.keyMark = keyMark
        self.value = value
    }
}
