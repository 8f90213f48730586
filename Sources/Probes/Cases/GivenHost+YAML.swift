import Documents
import Facts

extension GivenHost.Node {
    /// The names of errno(3) that a case may give a file.
    private enum ErrorName: String, CaseIterable {
        case notFound = "ENOENT"
        case notPermitted = "EACCES"
        case timedOut = "ETIMEDOUT"
        case notRegular = "EISDIR"
        case tooLarge = "EFBIG"
        case unsafeLink = "ELOOP"
        case remoteFileSystem = "EREMOTE"
        case overmounted = "EBUSY"
        case readFailed = "EIO"

        var code: HostError.Code {
            switch self {
            case .notFound: .notFound
            case .notPermitted: .notPermitted
            case .timedOut: .timedOut
            case .notRegular: .notRegular
            case .tooLarge: .tooLarge
            case .unsafeLink: .unsafeLink
            case .remoteFileSystem: .remoteFileSystem
            case .overmounted: .overmounted
            case .readFailed: .readFailed
            }
        }
    }

    /// One entry of `files`: a path, and a text or a mapping.
    static func entry(
        _ entry: YAMLEntry, from reader: inout MappingReader
    ) -> (HostPath, GivenHost.Node)? {
        guard entry.key.hasPrefix("/"), !entry.key.hasSuffix("/") || entry.key == "/" else {
            reader.error(
                "a path must be absolute, and must not end in '/'", at: entry.keyMark)
            return nil
        }
        let path = HostPath(entry.key)
        switch entry.value.content {
        case .mapping:
            return reader.mapping(entry.value, "files") { node(from: &$0) }.map { (path, $0) }
        case .scalar(let scalar) where scalar.kind == .text:
            return (path, .file(Array(scalar.text.utf8)))
        case .scalar, .list:
            reader.mistake(entry.value, "files", "a text or a mapping", hint: "quote the text")
            return nil
        }
    }

    private static func node(from reader: inout MappingReader) -> GivenHost.Node? {
        let contents = ["text", "hex", "link", "error", "directory"].filter {
            reader.keys.contains($0)
        }
        guard contents.count == 1, let content = contents.first else {
            _ = contents.map { reader.node($0) }
            reader.error(
                "a file is one of text, hex, link, error and directory", at: reader.mark)
            return nil
        }
        if content == "link" { return .link(HostPath(reader.text("link"))) }
        if content == "error" {
            return reader.choice("error", of: ErrorName.self).map { .error($0.code) }
        }
        let owner = UInt32(reader.optionalInteger("owner", in: 0...4_294_967_295) ?? 0)
        let mode = permissions(from: &reader)
        switch content {
        case "directory":
            if !reader.truth("directory", or: true) {
                reader.error("'directory' can only be true", in: "directory")
            }
            return .directory(mode: mode ?? 0o755, owner: owner)
        case "hex":
            return bytes(from: &reader).map { .file($0, mode: mode ?? 0o644, owner: owner) }
        default:
            let text = reader.node("text")?.scalar.map { Array($0.text.utf8) }
            if text == nil { _ = reader.text("text") }
            return .file(text ?? [], mode: mode ?? 0o644, owner: owner)
        }
    }

    // Always octal, with or without a leading zero and quotes, as chmod(1) takes it.
    private static func permissions(from reader: inout MappingReader) -> UInt32? {
        guard let node = reader.node("mode") else { return nil }
        guard let text = node.scalar?.text, text.wholeMatch(of: /[0-7]{3,5}/) != nil,
            let mode = UInt32(text, radix: 8), mode <= 0o7777
        else {
            reader.error("'mode' must be octal, such as 0640", at: node.mark)
            return nil
        }
        return mode
    }

    private static func bytes(from reader: inout MappingReader) -> [UInt8]? {
        let digits = reader.text("hex").filter { !$0.isWhitespace }
        guard digits.utf8.count.isMultiple(of: 2), digits.wholeMatch(of: /[0-9a-fA-F]*/) != nil
        else {
            reader.error("'hex' must be pairs of hexadecimal digits", in: "hex")
            return nil
        }
        var rest = digits[...]
        var bytes: [UInt8] = []
        while !rest.isEmpty {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
