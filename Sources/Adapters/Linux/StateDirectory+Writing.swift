import Glibc

extension StateDirectory {
    /// A file that is to be in the directory, all of it or not at all.
    package struct Contents: Sendable {
        package var name: String
        package var bytes: [UInt8]

        /// Contents by their parts.
        package init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Writes files with mode 0600 and sees them on the disk, in place of what had their names.
    ///
    /// All are written before the first is waited for, so that the disk is waited for about once.
    package func replace(_ files: [Contents]) throws(StateError) {
        guard !files.isEmpty else { return }
        var written: [String] = []
        do throws(StateError) {
            for file in files {
                let name = temporary(file.name)
                written.append(name)
                try open(name, writing).write(file.bytes)
            }
            for name in written { try file(name).sync() }
            for (name, file) in zip(written, files) { try rename(name, file.name) }
        } catch {
            for name in written { remove(name) }
            throw error
        }
        try sync()
    }

    /// Writes a file with mode 0600 and sees it on the disk, unless something has its name.
    package func create(_ contents: Contents) throws(StateError) {
        let name = temporary(contents.name)
        defer { remove(name) }
        let file = try open(name, writing)
        try file.write(contents.bytes)
        try file.sync()
        try link(name, contents.name)
        try sync()
    }

    private var writing: CInt { O_WRONLY | O_CREAT | O_EXCL }

    /// The name under which a file is written, which no other process and no other thread has.
    private func temporary(_ name: String) -> String {
        ".\(name).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }
}
