/// A file that a person wrote: its bytes, and the name that diagnostics say.
package struct SourceFile: Sendable, Hashable {
    /// Such as `probes/accounts/local-passwords.yaml`.
    package var name: String
    package var bytes: [UInt8]

    /// A file by its parts.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// A file with this text.
    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }
}
