/// A file below `probes/`, as it was when the program was built.
///
/// The list of all of them is written by the plugin `EmbedProbes`.
package struct BuiltInFile: Sendable {
    /// Such as `probes/accounts/local-passwords.yaml`.
    package let path: String
    package let text: String
}
