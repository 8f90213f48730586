/// Why something could not be known: a closed list, stable for machines.
package enum GapCode: String, Sendable, Hashable, CaseIterable {
    /// The kernel or a service refused.
    case notPermitted
    /// It was not done by the deadline.
    case timedOut
    /// The worker died.
    case crashed
    /// It was read and not understood.
    case notParsed
    /// Nobody collects it: the host has it, this version does not look there.
    case notCollected
    /// It is larger than what is read.
    case tooLarge
    /// A mount hides what the table reads.
    case overmounted
    /// It is not a regular file.
    case notRegular
    /// A link that an ordinary user could have placed leads elsewhere.
    case unsafeLink
    /// It lies on a network or FUSE mount, which is never touched.
    case remoteFileSystem
    /// Reading failed for another reason.
    case readFailed
    /// A library or program that is needed is not there.
    case notAvailable
    /// A foreign collector could not be confined.
    case notIsolated
    /// Two rows have one key.
    case duplicateKey
    /// The question can only be asked on a running host.
    case notRunning
    /// The scan sees another network, process or user namespace than the host's.
    case otherNamespace
    /// Knowledge that decides is held elsewhere, such as in a remote directory.
    case heldElsewhere
    /// The operator did not declare what it hangs on.
    case notDeclared
    /// It changed while it was read.
    case changed
}

/// Something that could not be known, and why.
package struct Gap: Sendable, Hashable {
    /// The table that is not complete.
    package var table: String
    /// The object that was not seen, such as a path or an account; nil is the whole table.
    package var object: String?
    /// How the object is shown to others than the host.
    package var objectPrivacy: Privacy
    /// The columns that it touches; empty is all of them.
    package var columns: [String]
    /// The layer that it touches; nil is both.
    package var layer: Layer?
    package var code: GapCode
    /// One sentence, of our own words alone: nothing that was read from the host stands in it.
    package var sentence: String

    /// A gap by its parts.
    package init(
        _ code: GapCode, in table: String, of object: String? = nil,
        privacy: Privacy = .path, columns: [String] = [],
        layer: Layer? = nil, _ sentence: String
    ) {
        self.table = table
        self.object = object
        objectPrivacy = privacy
        self.columns = columns
        self.layer = layer
        self.code = code
        self.sentence = sentence
    }

    /// What an error of the host leaves unknown.
    package init(
        _ error: HostError, in table: String, columns: [String] = [], layer: Layer? = nil
    ) {
        self.init(
            error.code.gapCode, in: table, of: error.path.description, privacy: .path,
            columns: columns, layer: layer, error.code.sentence)
    }
}
