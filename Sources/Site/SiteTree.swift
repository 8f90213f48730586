import Documents

/// The files of a declaration, merged into one tree whose nodes still know their files.
struct SiteTree {
    private(set) var root: YAMLNode
    private var diagnostics: [Diagnostic] = []

    /// Bytes of one file: those of an image are written by whoever made the image.
    private static let limit = 256 << 10

    static func reading(_ files: [SourceFile]) -> Reading<SiteTree> {
        let documents = files.map { YAMLDocument.reading($0, limit: limit) }
        let diagnostics = documents.flatMap(\.diagnostics)
        let roots = documents.compactMap(\.value?.root)
        guard roots.count == files.count else { return Reading(nil, diagnostics) }
        let tree = reading(roots: roots, areFragments: false)
        return Reading(tree.value, diagnostics + tree.diagnostics)
    }

    /// The first root is the file itself, unless all of them are fragments.
    static func reading(roots: [YAMLNode], areFragments: Bool) -> Reading<SiteTree> {
        guard let first = roots.first else { return Reading(nil, []) }
        var tree = SiteTree(root: YAMLNode(.mapping([]), at: first.mark))
        for (index, root) in roots.enumerated() {
            let isFragment = areFragments || index > 0
            guard let body = tree.withoutSchema(root, isFragment: isFragment) else { continue }
            tree.root = tree.merged(tree.root, body, key: "")
        }
        return Reading(tree, tree.diagnostics)
    }

    private init(root: YAMLNode) {
        self.root = root
    }

    // The first file says which schema it follows; a fragment may.
    private mutating func withoutSchema(_ root: YAMLNode, isFragment: Bool) -> YAMLNode? {
        guard case .mapping(let entries) = root.content else {
            diagnostics.append(Diagnostic(at: root.mark, "the file must be a mapping"))
            return nil
        }
        guard let schema = entries.first(where: { $0.key == "schema" }) else {
            if isFragment { return root }
            let hint = "begin the file with 'schema: 1'"
            diagnostics.append(Diagnostic(at: root.mark, "missing key 'schema'", hint: hint))
            return root
        }
        if schema.value.scalar?.integer != 1 {
            diagnostics.append(Diagnostic(at: schema.value.mark, "'schema' must be 1"))
        }
        return YAMLNode(.mapping(entries.filter { $0.key != "schema" }), at: root.mark)
    }

    private mutating func merged(_ one: YAMLNode, _ other: YAMLNode, key: String) -> YAMLNode {
        switch (one.content, other.content) {
        case (.list(let elements), .list(let further)):
            return YAMLNode(.list(elements + further), at: one.mark)
        case (.mapping(let entries), .mapping(let further)):
            return YAMLNode(.mapping(merged(entries, further)), at: one.mark)
        default:
            diagnostics.append(
                Diagnostic(
                    at: other.mark, "'\(key)' is set twice",
                    hint: "it is set in \(one.mark.file) line \(one.mark.line) already"))
            return one
        }
    }

    private mutating func merged(_ entries: [YAMLEntry], _ further: [YAMLEntry]) -> [YAMLEntry] {
        var entries = entries
        for entry in further {
            if let index = entries.firstIndex(where: { $0.key == entry.key }) {
                entries[index].value = merged(entries[index].value, entry.value, key: entry.key)
            } else {
                entries.append(entry)
            }
        }
        return entries
    }
}
