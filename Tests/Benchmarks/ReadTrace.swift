import Linux

/// What a run reads from files and directories, as strace(1) sees it.
struct ReadTrace {
    /// Bytes by path.
    private(set) var files: [String: Int] = [:]
    private(set) var directories: Set<String> = []

    /// Bytes of all files.
    var bytes: Int { files.values.reduce(0, +) }

    /// Follows a run; nil where there is no strace.
    init?(of program: Program, _ arguments: [String], in scratch: String) throws {
        guard
            let path = ["/usr/bin/strace", "/bin/strace"].first(where: {
                (try? File.read($0, atMost: 1)) != nil
            })
        else { return nil }
        let file = scratch + "/trace"
        try Program(path: path).output(
            [
                "-f", "-qq", "-y", "-s", "0", "-e", "trace=read,pread64,getdents64", "-o", file,
                program.path,
            ] + arguments, statuses: [0, 1, 4])
        for line in try File.text(file).split(separator: "\n") { take(line) }
    }

    // 1234  read(7</etc/passwd>, ""..., 4096) = 1403
    private mutating func take(_ line: Substring) {
        guard let open = line.firstIndex(of: "<"), let close = line.lastIndex(of: ">"),
            open < close, let equals = line.range(of: ") = "),
            let count = Int(line[equals.upperBound...].prefix { $0.isNumber }), count > 0
        else { return }
        let path = String(line[line.index(after: open)..<close])
        guard path.hasPrefix("/") else { return }
        if line.contains("getdents64(") {
            directories.insert(path)
        } else {
            files[path, default: 0] += count
        }
    }

    /// Reads the same, and does nothing with it; what is gone by now is left out.
    func repeated() {
        for (path, count) in files { _ = try? File.read(path, atMost: count) }
        for path in directories { _ = try? File.list(path) }
    }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
