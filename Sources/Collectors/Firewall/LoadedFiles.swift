import Facts
import PacketFilter

/// The files that loaders read, as they are read.
final class LoadedFiles<View: HostView> {
    let host: View
    /// Every file that was read or looked for, and every directory of a pattern, in order.
    private(set) var paths: [HostPath] = []
    /// Files that could not be read.
    private(set) var errors: [HostError] = []
    /// Files that were read, and whose effect is not followed.
    private(set) var unclear: [String] = []

    /// Why loaders do not load what they are to load, a sentence each.
    private(set) var remarks: [String] = []

    private static var limit: Int { 32 << 20 }
    private static var largestCount: Int { 4096 }

    init(host: View) {
        self.host = host
    }

    /// Adds a file that somebody else reads.
    func note(_ path: HostPath) {
        if !paths.contains(path) { paths.append(path) }
    }

    /// Adds why something is not loaded.
    func remark(_ sentence: String) {
        if !remarks.contains(sentence) { remarks.append(sentence) }
    }

    /// Adds a file whose content is not known.
    func fail(_ error: HostError) {
        errors.append(error)
    }

    /// Adds a file that does something which is not followed.
    func lose(_ name: String) {
        if !unclear.contains(name) { unclear.append(name) }
    }

    /// What of the files is not known.
    func gaps(in table: String) -> [Gap] {
        errors.map { Gap($0, in: table) }
            + unclear.map {
                Gap(.notParsed, in: table, of: $0, "what it loads is not followed to its end")
            }
    }

    /// The bytes of a file; nil where it is not there, or not read, which `errors` say.
    func bytes(_ path: HostPath) -> [UInt8]? {
        note(path)
        do throws(HostError) {
            return try host.read(path, limit: Self.limit)
        } catch {
            if error.code != .notFound { errors.append(error) }
            return nil
        }
    }

    /// What stands behind an `include` of nft(8): a path, or a pattern of paths. Relative ones begin
    /// at `/etc`, and those that begin with a dot where services run, which is `/`.
    func included(_ text: String) -> IncludedFiles {
        let isHere = text.hasPrefix("./") || text.hasPrefix("../")
        let whole = text.hasPrefix("/") ? text : (isHere ? "/" : "/etc/") + text
        let pattern = PathPattern(whole)
        guard !text.contains("~"), !text.contains("{") else { return .unreadable }
        do throws(HostError) {
            // Whoever can add a file there decides as well.
            for directory in try pattern.searched(on: host) where !paths.contains(directory) {
                paths.append(directory)
            }
            let found = try pattern.paths(on: host)
            if found.isEmpty { return pattern.isPattern ? .files([]) : .missing }
            guard found.count <= Self.largestCount else { return .unreadable }
            var files: [IncludedFile] = []
            for path in found {
                // A directory that a pattern names is passed over.
                if pattern.isPattern, try kind(of: path) == .directory { continue }
                guard let bytes = bytes(path) else { return .unreadable }
                files.append(IncludedFile(path: path.description, bytes: bytes))
            }
            return .files(files)
        } catch {
            errors.append(error)
            return .unreadable
        }
    }

    private func kind(of path: HostPath) throws(HostError) -> FileKind {
        try host.status(of: host.resolve(path)).kind
    }
}
