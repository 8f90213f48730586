import YAML

/// Makes nodes of the steps of a YAML stream.
struct YAMLComposer: ~Copyable {
    /// Mistakes that do not stop the reading.
    private(set) var diagnostics: [Diagnostic] = []
    private let file: String
    private let depth: Int
    private let width: Int
    private var parser: YAMLParser

    init(_ file: SourceFile, depth: Int, width: Int) {
        self.file = file.name
        self.depth = depth
        self.width = width
        parser = YAMLParser(file.bytes)
    }

    /// The root of the only document.
    mutating func root() throws(Diagnostic) -> YAMLNode {
        _ = try next()
        let start = try next()
        guard case .documentStart(let hasDirectives) = start.kind else {
            throw mistake(start, "the file holds nothing but comments")
        }
        guard !hasDirectives else { throw mistake(start, "directives are not allowed here") }
        let root = try node(try next(), depth: 0)
        _ = try next()
        let end = try next()
        guard end.kind == .streamEnd else {
            throw mistake(end, "a second document begins", hint: "write one document a file")
        }
        return root
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        if event.kind == .sequenceStart || event.kind == .mappingStart, depth == self.depth {
            throw mistake(event, "lists and mappings nest deeper than \(self.depth)")
        }
        let mark = mark(event)
        switch event.kind {
        case .scalar(let text, let style):
            return YAMLNode(
                .scalar(YAMLScalar(text: text, isPlain: style == .plain)), at: mark)
        case .sequenceStart: return YAMLNode(.list(try list(depth: depth + 1)), at: mark)
        case .mappingStart: return YAMLNode(.mapping(try entries(depth: depth + 1)), at: mark)
        case .alias, .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd,
            .mappingEnd:
            throw mistake(event, "a value is expected here")
        }
    }

    private mutating func list(depth: Int) throws(Diagnostic) -> [YAMLNode] {
        var list: [YAMLNode] = []
        var event = try next()
        while event.kind != .sequenceEnd {
            guard list.count < width else { throw tooMany(event) }
            list.append(try node(event, depth: depth))
            event = try next()
        }
        return list
    }

    private mutating func entries(depth: Int) throws(Diagnostic) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var firstLine: [String: Int] = [:]
        var event = try next()
        while event.kind != .mappingEnd {
            guard entries.count < width else { throw tooMany(event) }
            guard case .scalar(let key, _) = event.kind else {
                throw mistake(event, "a key must be a text")
            }
            let value = try node(try next(), depth: depth)
            if let line = firstLine[key] {
                diagnostics.append(
                    mistake(
                        event, "duplicate key \(Quoted.text(key))",
                        hint: "it stands in line \(line) already"))
            } else {
                firstLine[key] = event.line
                let mark = mark(event)
                entries.append(YAMLEntry(key: key, keyMark: mark, value: value))
            }
            event = try next()
        }
        return entries
    }

    private mutating func next() throws(Diagnostic) -> YAMLEvent {
        let event: YAMLEvent
        do throws(YAMLSyntaxError) {
            event = try parser.next()
        } catch {
            let mark = Mark(file: file, line: error.line, column: error.column)
            throw Diagnostic(at: mark, "not YAML: \(error.problem)")
        }
        guard event.kind != .alias else { throw mistake(event, "aliases are not allowed here") }
        guard !event.hasAnchor else { throw mistake(event, "anchors are not allowed here") }
        guard !event.hasTag else { throw mistake(event, "tags are not allowed here") }
        return event
    }

    private func tooMany(_ event: YAMLEvent) -> Diagnostic {
        mistake(event, "a list or mapping has more than \(width) elements")
    }

    private func mistake(
        _ event: YAMLEvent, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(at: mark(event), message, hint: hint)
    }

    private func mark(_ event: YAMLEvent) -> Mark {
        Mark(file: file, line: event.line, column: event.column)
    }
}
