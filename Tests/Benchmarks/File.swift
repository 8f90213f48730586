import Linux

/// Plain reads, as they would be done by whoever trusts a path.
enum File {
    /// Reads so many bytes, and gives how many there were.
    static func read(_ path: String, atMost limit: Int = .max) throws -> Int {
        let file = try open(path)
        var count = 0
        while count < limit {
            let some = try file.readSome(min(1 << 16, limit - count)).count
            if some == 0 { break }
            count += some
        }
        return count
    }

    /// Lists a directory, and gives how many names there were.
    static func list(_ path: String) throws -> Int {
        try open(path).listing(limit: 1 << 20).entries.count
    }

    /// The text of a small file.
    static func text(_ path: String) throws -> String {
        String(decoding: try open(path).read(limit: 1 << 26), as: UTF8.self)
    }

    private static func open(_ path: String) throws -> Descriptor {
        let directory = try Descriptor.open(Array("/".utf8), .followedPlace)
        return try directory.open(Array(path.utf8), .reading)
    }
}
