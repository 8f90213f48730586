/// Why a loader refuses a file, or why that is not known.
package struct LoadProblem: Hashable, Sendable {
    package var place: SourcePlace
    /// What was met, in a few words.
    package var message: String

    /// A problem by its parts.
    package init(_ place: SourcePlace, _ message: String) {
        self.place = place
        self.message = message
    }
}

/// What a loader makes of its file.
package enum LoadOutcome: Hashable, Sendable {
    /// The file is loaded, and these are the rules afterwards.
    case loaded(Ruleset)
    /// The file is refused; these are the rules afterwards, without it or with what of it was
    /// loaded before the problem.
    case refused(Ruleset, LoadProblem)
    /// The file may be refused; `loaded` are the rules afterwards if it is not, and nothing where it
    /// surely is, though it is not known how far the loader comes. `refused` are all that there may
    /// be if it is.
    case doubtful(loaded: Ruleset?, refused: [Ruleset], [LoadProblem])
    /// What the file does is not followed, so that nothing is known of the rules afterwards.
    case unclear([LoadProblem])
}

/// What stands behind an `include` of a file.
package enum IncludedFiles: Hashable, Sendable {
    /// The files of the pattern, in the order of their names; none for a pattern that fits none.
    case files([IncludedFile])
    /// There is no such file, and the name is no pattern.
    case missing
    /// It could not be seen.
    case unreadable
}

/// A file that another one includes.
package struct IncludedFile: Hashable, Sendable {
    package var path: String
    package var bytes: [UInt8]

    /// A file by its parts.
    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// Whether an interface is there when a file is loaded.
package enum InterfacePresence: String, Hashable, Sendable, CaseIterable {
    case present
    case absent
    case unknown
}
