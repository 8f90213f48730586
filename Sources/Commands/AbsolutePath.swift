import Linux

/// Paths as a person types them.
enum AbsolutePath {
    /// The path from the root on; a relative one begins where the program was started.
    static func text(_ path: String) -> String {
        guard !path.hasPrefix("/"), let directory = WorkingDirectory.path else { return path }
        return directory + "/" + path
    }

    /// The directory and the name in it.
    static func parts(of path: String) -> (directory: String, name: String) {
        let path = text(path)
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let directory = path.dropLast(name.count)
        return (directory.count > 1 ? String(directory.dropLast()) : "/", name)
    }
}
