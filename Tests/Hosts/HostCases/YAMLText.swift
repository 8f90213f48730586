import Documents

/// A value of a YAML file, written as a file of its own.
struct YAMLText {
    private let node: YAMLNode

    init(_ node: YAMLNode) {
        self.node = node
    }

    var text: String { Self.lines(of: node).joined(separator: "\n") + "\n" }

    /// A value that needs lines of its own begins below its key.
    private static func lines(of node: YAMLNode) -> [String] {
        switch node.content {
        case .scalar(let scalar): [word(scalar)]
        case .list(let nodes) where nodes.isEmpty: ["[]"]
        case .mapping(let entries) where entries.isEmpty: ["{}"]
        case .list(let nodes): nodes.flatMap { hanging("- ", lines(of: $0)) }
        case .mapping(let entries): entries.flatMap(lines)
        }
    }

    private static func lines(of entry: YAMLEntry) -> [String] {
        let key = word(
            YAMLScalar(
                text: entry.key, isPlain: YAMLScalar(text: entry.key, isPlain: true).kind == .text))
        let value = lines(of: entry.value)
        return value.count == 1 && entry.value.scalar != nil || value == ["[]"] || value == ["{}"]
            ? ["\(key): \(value[0])"] : ["\(key):"] + value.map { "  " + $0 }
    }

    private static func hanging(_ first: String, _ lines: [String]) -> [String] {
        lines.enumerated().map { index, line in (index == 0 ? first : "  ") + line }
    }

    /// Quoted unless it was plain and can only be read as what it is.
    private static func word(_ scalar: YAMLScalar) -> String {
        let isSimple = scalar.text.wholeMatch(of: /[A-Za-z0-9_.\/+-]+/) != nil
        if scalar.isPlain && (isSimple || scalar.kind == .nothing) { return scalar.text }
        return "\"" + scalar.text.unicodeScalars.map(escaped).joined() + "\""
    }

    /// As the double-quoted style writes it; YAML 1.2.2, chapter 5.7.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\t": "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }
}
