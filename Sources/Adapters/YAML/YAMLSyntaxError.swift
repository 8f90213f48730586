/// Bytes that are not YAML.
package struct YAMLSyntaxError: Error, Sendable, Hashable {
    /// The parser's own words; nothing of the input stands in them.
    package var problem: String
    /// Counted from 1.
    package var line: Int
    /// Counted in characters from 1.
    package var column: Int
}
