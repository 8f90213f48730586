/// What an answer is worth against its label.
package enum Ruling: Sendable, Hashable {
    case right
    /// Pass, where the host does not deserve it.
    case falsePass(expected: Answer)
    case wrong(got: Answer, expected: Answer)
    /// Unknown, where the truth can be seen.
    case undecided(expected: Answer)
    /// The control is not built.
    case waiting
    /// The state was not there, or the scan did not end: nothing is said about the verdict.
    case error(String)
    /// The machine cannot make the state.
    case skipped(String)

    /// Holds an answer against the label's verdict and what else it accepts.
    package init(_ answer: ScanAnswer, expected: Answer, accepted: [Answer]) {
        switch answer {
        case .notMeasured: self = .waiting
        case .malformed(let why): self = .error("the report cannot be read: \(why)")
        case .verdict(let got) where got == expected || accepted.contains(got): self = .right
        case .verdict(.pass): self = .falsePass(expected: expected)
        case .verdict(.unknown): self = .undecided(expected: expected)
        case .verdict(let got): self = .wrong(got: got, expected: expected)
        }
    }

    /// The run may end with success.
    package var isTolerable: Bool {
        switch self {
        case .right, .waiting: true
        case .falsePass, .wrong, .undecided, .error, .skipped: false
        }
    }

    /// What a reader is told, in a few words.
    package var words: String {
        switch self {
        case .right: "right"
        case .falsePass(let expected): "FALSE PASS, it is \(expected.rawValue)"
        case .wrong(let got, let expected): "wrong: \(got.rawValue), it is \(expected.rawValue)"
        case .undecided(let expected): "undecided, it is \(expected.rawValue)"
        case .waiting: "waiting for its control"
        case .error(let why): "error: \(why)"
        case .skipped(let why): "skipped: \(why)"
        }
    }
}
