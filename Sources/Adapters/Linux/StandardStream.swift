import Glibc

/// What a process was started with to speak through.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Whether a person looks at it.
    package var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Writes all bytes; false where the other end is gone or the disk is full.
    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(rawValue, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Writes a text; false where the other end is gone or the disk is full.
    @discardableResult
    package func write(_ text: String) -> Bool {
        write(Array(text.utf8))
    }
}

/// The variables that a process was started with.
package enum Environment {
    /// A variable's value; nil where it is not set, or empty.
    package static func value(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}

/// Where the program was started.
package enum WorkingDirectory {
    /// Its absolute path; nil where the kernel does not say it.
    package static var path: String? {
        guard let buffer = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }
}

/// This process.
package enum OwnProcess {
    /// Ends it with a status, after what was printed is out.
    package static func leave(with status: Int32) -> Never {
        exit(status)
    }
}
