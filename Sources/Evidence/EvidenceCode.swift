package import Linux
package import StrictJSON

/// The one reason why evidence was not accepted: a closed list, stable for machines.
package enum EvidenceCode: String, Sendable, Hashable, CaseIterable {
    case jsonSyntax = "json.syntax"
    case jsonDuplicate = "json.duplicate"
    case jsonKey = "json.key"
    case jsonString = "json.string"
    case jsonNumber = "json.number"
    case jsonLimit = "json.limit"
    /// The file is not made of lines that each end with one newline.
    case jsonLines = "json.lines"
    /// A member is missing, or is not what the format says.
    case jsonSchema = "json.schema"
    /// The format is of another version.
    case jsonVersion = "json.version"
    /// A time is not written as it must be, or an end is before its beginning.
    case jsonTime = "json.time"
    /// The summary is not what the obligations come to.
    case jsonSummary = "json.summary"

    case envelopeBase64 = "envelope.base64"
    /// More signatures than are looked at.
    case envelopeLimit = "envelope.limit"
    /// No signature by a trusted key holds.
    case envelopeSignature = "envelope.signature"
    /// What is signed is not an in-toto statement.
    case envelopeType = "envelope.type"

    /// A trusted key is of an algorithm that is not accepted.
    case trustAlgorithm = "trust.algorithm"
    /// The key may not sign that kind of statement.
    case trustRole = "trust.role"

    case chainRepeat = "chain.repeat"
    case chainRestart = "chain.restart"
    case chainFork = "chain.fork"
    case chainOrder = "chain.order"
    case chainGap = "chain.gap"
    case chainPrevious = "chain.previous"

    /// Our own key cannot be used.
    case keyUnusable = "key.unusable"
    case stateNotFound = "state.notFound"
    case stateMode = "state.mode"
    case stateOwner = "state.owner"
    case stateKind = "state.kind"
    case stateFull = "state.full"
    case stateBusy = "state.busy"
    case stateNotPermitted = "state.notPermitted"
    case stateFailed = "state.failed"

    /// What a code means for whoever asked.
    package enum Kind: Sendable, Hashable {
        /// Malformed or not authentic: exit status 2.
        case rejected
        /// Authentic, but not current or not for this gate: exit status 3.
        case notCurrent
        /// A file that the caller named, or our own state, cannot be used: exit status 64.
        case unusable
    }

    /// What the code means for whoever asked.
    package var kind: Kind {
        switch self {
        case .jsonSyntax, .jsonDuplicate, .jsonKey, .jsonString, .jsonNumber, .jsonLimit,
            .jsonLines, .jsonSchema, .jsonVersion, .jsonTime, .jsonSummary, .envelopeBase64,
            .envelopeLimit, .envelopeSignature, .envelopeType, .trustAlgorithm, .trustRole,
            .chainRepeat, .chainRestart, .chainFork, .chainOrder, .chainGap, .chainPrevious:
            .rejected
        case .keyUnusable, .stateNotFound, .stateMode, .stateOwner, .stateKind, .stateFull,
            .stateBusy, .stateNotPermitted, .stateFailed:
            .unusable
        }
    }

    /// The code of an error of the strict scanner.
    package init(_ code: JSONError.Code) {
        switch code {
        case .syntax: self = .jsonSyntax
        case .duplicate: self = .jsonDuplicate
        case .key: self = .jsonKey
        case .string: self = .jsonString
        case .number: self = .jsonNumber
        case .limit: self = .jsonLimit
        }
    }

    /// The code of an error of the file system.
    package init(_ code: StateError.Code) {
        switch code {
        case .notFound: self = .stateNotFound
        case .mode: self = .stateMode
        case .owner: self = .stateOwner
        case .kind: self = .stateKind
        case .full: self = .stateFull
        case .busy: self = .stateBusy
        case .notPermitted, .readOnly: self = .stateNotPermitted
        case .exists, .failed, .tooLarge: self = .stateFailed
        }
    }
}
