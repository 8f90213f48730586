import Linux

/// The lines of a file from the last one upwards.
struct LastLines: ~Copyable {
    private let file: StateFile
    private let path: String
    /// Where in the file the buffer begins.
    private var offset: Int
    /// What was read and not given yet; it ends with a newline, or is empty.
    private var buffer: [UInt8] = []

    /// A file whose last line, if it has one, ends with a newline.
    init(_ file: consuming StateFile) throws(StateError) {
        offset = try file.size()
        path = file.path
        self.file = file
    }

    /// The next line upwards, without its newline; nil above the first.
    mutating func next() throws(StateError) -> [UInt8]? {
        while true {
            if let end = buffer.dropLast().lastIndex(of: 0x0A) {
                let line = Array(buffer[(end + 1)...].dropLast())
                buffer.removeLast(buffer.count - end - 1)
                return line
            }
            guard offset > 0 else {
                guard !buffer.isEmpty else { return nil }
                defer { buffer = [] }
                return Array(buffer.dropLast())
            }
            guard buffer.count <= Envelope.lineLimit else { throw StateError(.tooLarge, path) }
            let count = min(offset, max(64 << 10, buffer.count))
            offset -= count
            buffer = try file.read(count, at: offset) + buffer
        }
    }
}
