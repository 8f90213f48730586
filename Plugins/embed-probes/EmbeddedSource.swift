import FoundationEssentials

/// Writes the files of a directory as a Swift source file, byte for byte.
@main struct EmbeddedSource {
    /// Why nothing was written.
    enum Failure: Error {
        /// The arguments are not: the file to write, the directory, the paths of its files.
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
        for path in arguments.dropFirst(2) { try source.add(path, below: URL(filePath: root)) }
        try Data(source.text.utf8).write(to: URL(filePath: output), options: .atomic)
    }

    private mutating func add(_ path: String, below root: URL) throws {
        let bytes = try Data(contentsOf: root.appending(path: path))
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure.notUTF8(path)
        }
        let name = literal("probes/" + path)
        entries.append("        BuiltInFile(path: \(name), text: \(literal(text))),\n")
    }

    private var text: String {
        """
        extension BuiltInFile {
            static let all: [BuiltInFile] = [
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
