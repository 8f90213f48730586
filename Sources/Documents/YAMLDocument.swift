/// A YAML file of one document, in the part of YAML that cannot surprise.
///
/// No anchors, aliases, tags, directives or second documents; every key is a text and stands once.
package struct YAMLDocument: Sendable, Hashable {
    package var file: String
    package var root: YAMLNode

    /// A document by its parts.
    package init(file: String, root: YAMLNode) {
        self.file = file
        self.root = root
    }

    /// Bytes of a file that are read.
    package static let usualLimit = 1 << 20
    /// How deep lists and mappings may nest.
    package static let usualDepth = 24
    /// How many elements a list or a mapping may have.
    package static let usualWidth = 1_024

    /// The document in a file.
    package static func reading(
        _ file: SourceFile, limit: Int = usualLimit, depth: Int = usualDepth
    ) -> Reading<YAMLDocument> {
        guard file.bytes.count <= limit else {
            return .refused(file, "the file is larger than \(limit) bytes")
        }
        guard !file.bytes.isEmpty else { return .refused(file, "the file is empty") }
        guard !file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            return .refused(file, "the file begins with a byte order mark")
        }
        var composer = YAMLComposer(file, depth: depth, width: usualWidth)
        do throws(Diagnostic) {
            let root = try composer.root()
            return Reading(YAMLDocument(file: file.name, root: root), composer.diagnostics)
        } catch {
            return Reading(nil, composer.diagnostics + [error])
        }
    }
}

extension Reading {
    fileprivate static func refused(_ file: SourceFile, _ message: String) -> Reading {
        Reading(nil, [Diagnostic(at: Mark(file: file.name), message)])
    }
}
