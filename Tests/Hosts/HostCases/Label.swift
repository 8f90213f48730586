/// What is true about a state, and which part of a scan says it.
package struct Label: Sendable, Hashable {
    /// The clause that the label is about, such as `C5`.
    package var clause: String
    /// The true verdict of the clause.
    package var expect: Answer
    /// Other verdicts that are honest too.
    package var accept: [Answer]
    /// The true verdict of the tree after shutdown; nil where nobody said.
    package var offline: Answer?
    /// The label is about what runs, not about the next boot.
    package var runningOnly: Bool
    /// The label is about the judgement of a fleet, not of one host.
    package var ofFleet: Bool
    /// The obligation that the label hangs on; the state waits while nobody measures it.
    package var obligation: String?

    /// A label by its parts.
    package init(
        clause: String, expect: Answer, accept: [Answer] = [], offline: Answer? = nil,
        runningOnly: Bool = false, ofFleet: Bool = false, obligation: String? = nil
    ) {
        self.clause = clause
        self.expect = expect
        self.accept = accept
        self.offline = offline
        self.runningOnly = runningOnly
        self.ofFleet = ofFleet
        self.obligation = obligation
    }

    /// The obligations that the label is about; nil where it is about the whole clause, as hosts decide it.
    package var obligations: [String]? {
        switch (clause, ofFleet) {
        case ("C6", true): ["C6.1", "C6.2", "C6.4"]
        case ("C8.1b", _): ["C8.1b.2"]
        default: nil
        }
    }
}
