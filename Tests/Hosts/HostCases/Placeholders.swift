/// The host names that stand for `@MIRROR@`, `@SECURITY_MIRROR@` and `@ARCHIVE_MIRROR@` in a state.
package struct Placeholders: Sendable, Hashable {
    package var mirror: String
    package var security: String
    package var archive: String

    /// Host names without scheme or path.
    package init(mirror: String, security: String, archive: String) {
        self.mirror = mirror
        self.security = security
        self.archive = archive
    }

    /// A text with every placeholder replaced.
    package func filled(_ text: String) -> String {
        text.replacing("@MIRROR@", with: mirror)
            .replacing("@SECURITY_MIRROR@", with: security)
            .replacing("@ARCHIVE_MIRROR@", with: archive)
    }
}
