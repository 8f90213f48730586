import Documents
import Facts

/// Files of a host that decide, and so may be written by root alone, along their whole path.
///
/// An ordinary user's scan also trusts that user's own files.
struct TrustedFiles<Host: HostView> {
    /// A file that is not read, and why.
    enum Refusal: Error {
        case unreadable(HostError)
        case writable(HostPath)
    }

    var host: Host
    /// The user that scans.
    var user: UInt32

    /// The files with these ends in a directory and, with `depth` 2, in those below it.
    ///
    /// A directory that does not exist has none.
    func files(below directory: HostPath, suffix: String, depth: Int) throws(Refusal)
        -> [SourceFile]
    {
        guard try exists(directory) else { return [] }
        var files: [SourceFile] = []
        for entry in try list(directory) {
            let path = directory.appending(entry.name)
            if entry.kind == .directory, depth > 1 {
                files += try self.files(below: path, suffix: suffix, depth: depth - 1)
            } else if entry.kind != .directory, path.hasSuffix(suffix), !entry.name.hasPrefix(".") {
                files.append(try file(at: path))
            }
        }
        return files
    }

    /// A file that must be there.
    func file(at path: HostPath) throws(Refusal) -> SourceFile {
        let resolved = try translating(Refusal.unreadable) { () throws(HostError) in
            try host.resolve(path)
        }
        for place in [path, resolved] {
            let open = try translating(Refusal.unreadable) { () throws(HostError) -> HostPath? in
                try writable(along: place)
            }
            if let open { throw .writable(open) }
        }
        let bytes = try translating(Refusal.unreadable) { () throws(HostError) in
            try host.read(path, limit: 1 << 20)
        }
        return SourceFile(name: path.description, bytes: bytes)
    }

    /// Whether it exists: false only where absence was seen.
    func exists(_ path: HostPath) throws(Refusal) -> Bool {
        try translating(Refusal.unreadable) { () throws(HostError) in try host.exists(path) }
    }

    private func list(_ directory: HostPath) throws(Refusal) -> [DirectoryEntry] {
        try translating(Refusal.unreadable) { () throws(HostError) in try host.list(directory) }
    }

    // The first place from the root on that others than root, or the scanning user, can write.
    private func writable(along path: HostPath) throws(HostError) -> HostPath? {
        var place: HostPath = "/"
        for name in [nil] + path.components.map(Optional.some) {
            if let name { place = place.appending(name) }
            let status = try host.status(of: place)
            let isOwn = status.owner == 0 || status.owner == user
            // In a sticky directory nobody else can replace what root put there.
            let isSticky = status.kind == .directory && status.mode & 0o1000 != 0
            let isOpen = status.kind != .link && status.mode & 0o022 != 0 && !isSticky
            if !isOwn || isOpen { return place }
        }
        return nil
    }
}

extension TrustedFiles.Refusal {
    /// The mistake, as one of the file.
    var diagnostic: Diagnostic {
        switch self {
        case .unreadable(let error):
            Diagnostic(file: error.path.description, line: 1, column: 1, error.code.sentence)
        case .writable(let path):
            Diagnostic(
                file: path.description, line: 1, column: 1,
                "others than root can write it, so what it says is not believed",
                hint: "chown it to root, and chmod go-w")
        }
    }
}
