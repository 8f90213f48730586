import Linux

/// A story of the whole program: commands, what they print and the status that they leave with.
///
/// `$ ` begins a command, `> ` goes on with it, `? 4` is its status (0 where there is none), `#` a
/// remark. `…` within a line is any text; alone in its line it is any number of lines.
struct Transcript {
    struct Step {
        var command: String
        var expected: [String]
        var status: Int32
    }

    var steps: [Step] = []

    init(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2)), expected: [], status: 0))
            } else if line.hasPrefix("#") || steps.isEmpty {
                continue
            } else if line.hasPrefix("> ") {
                steps[steps.count - 1].command += "\n" + line.dropFirst(2)
            } else if line.hasPrefix("? ") {
                steps[steps.count - 1].status = Int32(line.dropFirst(2)) ?? -1
            } else {
                steps[steps.count - 1].expected.append(String(line))
            }
        }
        for index in steps.indices {
            while steps[index].expected.last == "" { steps[index].expected.removeLast() }
        }
    }
}

/// Expected lines, held against printed ones.
enum Expectation {
    /// Whether the printed lines are what was expected.
    static func matches(_ expected: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
        guard let first = expected.first else { return printed.isEmpty }
        if first == "…" {
            return (printed.startIndex...printed.endIndex).contains {
                matches(expected.dropFirst(), printed[$0...])
            }
        }
        guard let line = printed.first, lineMatches(first, line) else { return false }
        return matches(expected.dropFirst(), printed.dropFirst())
    }

    private static func lineMatches(_ expected: String, _ line: String) -> Bool {
        let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return expected == line }
        var rest = Substring(line)
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else {
                guard let range = rest.firstRange(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
        }
        return true
    }
}
