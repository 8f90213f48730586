/// Takes the known keys of a mapping one by one, and collects every mistake of it.
///
/// A key that nobody took is a mistake too. After a mistake a stand-in value is returned, so that
/// reading goes on; `Reading` then drops the whole value.
package struct MappingReader {
    /// Where the mapping starts.
    package let mark: Mark
    /// In the order in which they were met.
    package private(set) var diagnostics: [Diagnostic] = []
    private let entries: [YAMLEntry]
    private var known: [String] = []

    /// What `body` makes of the mapping that the document is.
    package static func reading<Value>(
        _ document: YAMLDocument, _ body: (inout MappingReader) -> Value?
    ) -> Reading<Value> {
        reading(document.root, "the file", body)
    }

    /// What `body` makes of the mapping that a node is; `name` is what messages call it.
    package static func reading<Value>(
        _ node: YAMLNode, _ name: String, _ body: (inout MappingReader) -> Value?
    ) -> Reading<Value> {
        guard case .mapping(let entries) = node.content else {
            let message = "\(name) must be a mapping, not \(node.noun)"
            return Reading(nil, [Diagnostic(at: node.mark, message)])
        }
        var reader = MappingReader(mark: node.mark, entries: entries)
        let value = body(&reader)
        reader.reportUnknownKeys()
        return Reading(value, reader.diagnostics)
    }

    private init(mark: Mark, entries: [YAMLEntry]) {
        self.mark = mark
        self.entries = entries
    }

    /// The keys that the file has, in its order.
    package var keys: [String] { entries.map(\.key) }

    /// The value of a key, which is known from now on.
    package mutating func node(_ key: String) -> YAMLNode? {
        if !known.contains(key) { known.append(key) }
        return entry(key)?.value
    }

    /// The value of a key that must be there.
    package mutating func requiredNode(_ key: String) -> YAMLNode? {
        if let node = node(key) { return node }
        error("missing key '\(key)'", at: mark)
        return nil
    }

    /// Where the value of a key starts, or the mapping itself.
    package func mark(of key: String) -> Mark { entry(key)?.value.mark ?? mark }

    /// Where a key stands, or the mapping itself.
    package func mark(ofKey key: String) -> Mark { entry(key)?.keyMark ?? mark }

    /// Adds a mistake.
    package mutating func error(_ message: String, at mark: Mark, hint: String? = nil) {
        diagnostics.append(Diagnostic(at: mark, message, hint: hint))
    }

    /// Adds a mistake in the value of a key.
    package mutating func error(_ message: String, in key: String, hint: String? = nil) {
        error(message, at: mark(of: key), hint: hint)
    }

    /// Adds something that a person should know, and that does not forbid the use of the file.
    package mutating func warning(_ message: String, at mark: Mark, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, at: mark, message, hint: hint))
    }

    /// Adds what a reader of a part of the file found.
    package mutating func add(_ diagnostics: [Diagnostic]) {
        self.diagnostics += diagnostics
    }

    private func entry(_ key: String) -> YAMLEntry? {
        entries.first { $0.key.utf8.elementsEqual(key.utf8) }
    }

    private mutating func reportUnknownKeys() {
        let free = known.filter { entry($0) == nil }
        for entry in entries where !known.contains(where: { $0.utf8.elementsEqual(entry.key.utf8) })
        {
            error(
                "unknown key \(Quoted.text(entry.key))", at: entry.keyMark,
                hint: Suggestion.hint(for: entry.key, among: free.isEmpty ? known : free))
        }
    }
}
