import FoundationEssentials

/// Writes files as a Swift source file, byte for byte.
@main struct EmbeddedSource {
    /// Why nothing was written.
    enum Failure: Error {
        /// The arguments are not: the file to write, the package's directory, files below it.
        case usage
        /// A file is not UTF-8.
        case notUTF8(String)
    }

    private var entries: [String] = []

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first, let root = arguments.dropFirst().first else {
            throw Failure.usage
        }
        var source = EmbeddedSource()
        for path in arguments.dropFirst(2) { try source.add(path, below: root + "/") }
        try Data(source.text.utf8).write(to: URL(filePath: output), options: .atomic)
    }

    private mutating func add(_ path: String, below root: String) throws {
        guard path.hasPrefix(root) else { throw Failure.usage }
        let bytes = try Data(contentsOf: URL(filePath: path))
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure.notUTF8(path)
        }
        let name = literal(String(path.dropFirst(root.count)))
        entries.append("        BuiltInFile(path: \(name), text: \(literal(text))),\n")
    }

    private var text: String {
        """
        extension BuiltInFile {
            /// Every file, in the order of the paths.
            package static let all: [BuiltInFile] = [
        \(entries.joined())    ]
        }

        """
    }

    private func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            case "\n": literal += "\\n"
            case " "..."~": literal.unicodeScalars.append(scalar)
            default: literal += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return literal + "\""
    }
}
