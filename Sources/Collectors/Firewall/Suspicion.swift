import Facts

/// Why something that runs at boot may change the rules, though nobody follows what it does.
struct Suspicion: Hashable {
    /// What was met: a closed list, the plainest first.
    enum Reason: Int, Error, Hashable, Comparable, CaseIterable {
        case namesProgram, isProgram, stopsLoader, attachesProgram, changesLoaded, changesUnits,
            isOtherInit
        case sharesNetwork, fillsSets
        case composesName, runsComputedText, tooLarge, leadsTooFar, notRead

        static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }

        /// One sentence, of our own words alone.
        var sentence: String {
            switch self {
            case .namesProgram:
                "it names a program that changes the rules, and what it does is not followed"
            case .isProgram: "it is a program that changes the rules, under another name"
            case .stopsLoader: "it stops or disables what loads the rules"
            case .attachesProgram:
                "it attaches programs that see packets before the rules, and may drop or redirect them"
            case .changesLoaded: "it names a file that the rules are loaded from, and may change it"
            case .changesUnits:
                "it has words of the kernel's command line that decide which units start"
            case .isOtherInit: "it starts the host in the place of systemd"
            case .sharesNetwork:
                "it shares a network, for which rules are made and packets are forwarded"
            case .fillsSets: "it fills sets of the rules while the host runs"
            case .composesName:
                "it puts a program's name together from parts, and that may be one that changes the rules"
            case .runsComputedText: "it runs text that only exists when it runs"
            case .tooLarge: "it is larger than what is read of a script, or of a program"
            case .leadsTooFar: "it leads to more files than are followed"
            case .notRead: "it could not be read"
            }
        }

        var code: GapCode {
            switch self {
            case .tooLarge, .leadsTooFar: .tooLarge
            case .notRead: .readFailed
            case .namesProgram, .isProgram, .stopsLoader, .attachesProgram, .changesLoaded,
                .changesUnits, .isOtherInit, .sharesNetwork, .fillsSets, .composesName,
                .runsComputedText:
                .notParsed
            }
        }
    }

    var reason: Reason
    /// The file in which it was met; nil where it is the command itself.
    var file: HostPath?
}
