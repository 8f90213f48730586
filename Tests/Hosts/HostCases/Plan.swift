package import Documents

/// Which states are tried on which release, and how.
///
/// One line each: a release, a way and globs of ids, such as `13 booted C5-00* C5-01*`; `#` begins a comment.
package struct Plan: Sendable, Hashable {
    package var lines: [Line]

    /// Some states, on one release, in one way.
    package struct Line: Sendable, Hashable {
        package var release: String
        package var way: Way
        package var globs: [String]

        /// A line by its parts.
        package init(release: String, way: Way, globs: [String]) {
            self.release = release
            self.way = way
            self.globs = globs
        }
    }

    /// How a state is brought to life.
    package enum Way: String, Sendable, Hashable, CaseIterable {
        /// As its own field `live` says.
        case labelled
        /// As its own field says, but only those that are not live.
        case tree
        /// Booted, whatever its field says.
        case booted
    }

    /// Every state as it is labelled, on the release that the labels are about.
    package static let labelled = Plan(lines: [Line(release: "12", way: .labelled, globs: ["*"])])

    /// A plan by its lines.
    package init(lines: [Line]) {
        self.lines = lines
    }

    /// Reads the text of a plan.
    package init(_ text: String, name: String) throws(Diagnostic) {
        lines = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
            guard !words.isEmpty else { continue }
            guard words.count > 2, ["12", "13"].contains(words[0]),
                let way = Way(rawValue: words[1])
            else {
                throw Diagnostic(
                    file: name, line: index + 1, column: 1, "this is no release, way and globs",
                    hint: "write a line such as: 13 booted C5-00*")
            }
            lines.append(Line(release: words[0], way: way, globs: Array(words[2...])))
        }
    }

    /// The cases of the plan, each once, in its order.
    package func cases(of states: [HostState], only: Glob) -> [HostCase] {
        var seen: Set<String> = []
        var cases: [HostCase] = []
        for line in lines {
            let globs = line.globs.map(Glob.init)
            for state in states
            where only.matches(state.id) && globs.contains(where: { $0.matches(state.id) }) {
                if line.way == .tree, state.machine.isLive { continue }
                if let release = state.release, release != line.release { continue }
                let isBooted = line.way == .booted || state.machine.isLive
                let hostCase = HostCase(state: state, release: line.release, isBooted: isBooted)
                if seen.insert(hostCase.name).inserted { cases.append(hostCase) }
            }
        }
        return cases
    }
}
