/// One answer of one case, and what it is worth.
package struct Finding: Sendable, Hashable {
    /// The case's name, and ` after shutdown` for the scan of the tree it left.
    package var name: String
    package var clause: String
    package var summary: String
    package var ruling: Ruling
    /// How long the whole case took; zero for a second finding of one case.
    package var milliseconds: Int

    /// A finding by its parts.
    package init(
        name: String, clause: String, summary: String, ruling: Ruling, milliseconds: Int
    ) {
        self.name = name
        self.clause = clause
        self.summary = summary
        self.ruling = ruling
        self.milliseconds = milliseconds
    }
}
