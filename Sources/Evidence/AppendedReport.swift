/// What a series has become by one report more.
package struct AppendedReport: Sendable {
    /// The signed line, without its newline.
    package var line: [UInt8]
    /// The report's identity: lower-case hexadecimal SHA-256 of its payload.
    package var sha256: String
    package var link: ChainLink
    /// The file that the line is in.
    package var path: String
    /// Files to which unfinished lines were moved that an interrupted run had left.
    package var torn: [String]
}
