import Documents

/// Everything, or some values of a kind.
package enum Selection<Element: Sendable & Hashable>: Sendable, Hashable {
    case any
    case of([Element])

    /// The values by commas, or `any`.
    package func text(_ element: (Element) -> String) -> String {
        switch self {
        case .any: "any"
        case .of(let elements): elements.map(element).joined(separator: ",")
        }
    }
}

extension MappingReader {
    /// `any`, one value or a list of them; missing, it is any.
    mutating func selection<Element>(
        _ key: String, _ element: (YAMLNode, inout MappingReader) -> Element?
    ) -> Selection<Element> {
        guard let node = node(key), node.text != "any" else { return .any }
        guard case .list(let nodes) = node.content else {
            return .of([element(node, &self)].compactMap(\.self))
        }
        if nodes.isEmpty {
            error("'\(key)' is empty", at: node.mark, hint: "write any, or omit it")
        }
        return .of(nodes.compactMap { element($0, &self) })
    }
}
