/// The known word that somebody most likely meant.
package enum Suggestion {
    /// `did you mean 'severity'?`, or the known words where there are few and none is near.
    package static func hint(for word: String, among known: [String]) -> String? {
        if let nearest = nearest(to: word, among: known) { return "did you mean '\(nearest)'?" }
        guard !known.isEmpty, known.count <= 12 else { return nil }
        return "known here: \(known.joined(separator: ", "))"
    }

    /// A word that at most two slips, and at most a third of its letters, turn into this one.
    private static func nearest(to word: String, among known: [String]) -> String? {
        let letters = Array(word.lowercased().unicodeScalars)
        guard letters.count <= 60 else { return nil }
        let ranked = known.map {
            (word: $0, slips: slips(letters, Array($0.lowercased().unicodeScalars)))
        }
        let best = ranked.min { $0.slips < $1.slips }
        guard let best, best.slips <= min(2, max(1, best.word.count / 3)) else { return nil }
        return best.word
    }

    /// The optimal string alignment distance: a letter too many, too few, wrong, or two swapped.
    private static func slips(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var next = [row + 1]
            for (column, counterpart) in other.enumerated() {
                var cost = min(last[column + 1], next[column]) + 1
                cost = min(cost, last[column] + (letter == counterpart ? 0 : 1))
                if row > 0, column > 0, letter == other[column - 1], one[row - 1] == counterpart {
                    cost = min(cost, before[column - 1] + 1)
                }
                next.append(cost)
            }
            before = last
            last = next
        }
        return last[other.count]
    }
}
