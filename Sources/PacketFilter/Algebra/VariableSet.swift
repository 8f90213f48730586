/// Some of the variables of an arena.
package struct VariableSet: Hashable, Sendable {
    private var words: [UInt64] = []
    /// The largest member; -1 when there is none.
    package private(set) var last = -1

    /// The set of these variables.
    package init(_ variables: some Sequence<Int> = []) {
        for variable in variables { insert(variable) }
    }

    /// Adds one variable.
    package mutating func insert(_ variable: Int) {
        let word = variable / 64
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(variable % 64)
        last = max(last, variable)
    }

    /// Adds all of another set.
    package mutating func formUnion(_ other: VariableSet) {
        while words.count < other.words.count { words.append(0) }
        for index in other.words.indices { words[index] |= other.words[index] }
        last = max(last, other.last)
    }

    /// Whether it has this variable.
    package func contains(_ variable: Int) -> Bool {
        let word = variable / 64
        return word < words.count && words[word] & (1 << UInt64(variable % 64)) != 0
    }

    /// Whether it has one of these variables.
    func contains(anyOf variables: ClosedRange<Int>) -> Bool {
        let (first, last) = (variables.lowerBound, min(variables.upperBound, last))
        guard first <= last else { return false }
        for place in (first / 64)...(last / 64) {
            var word = words[place]
            if place == first / 64 { word &= ~0 << UInt64(first % 64) }
            if place == last / 64 { word &= ~0 >> UInt64(63 - last % 64) }
            if word != 0 { return true }
        }
        return false
    }

    /// It has none.
    package var isEmpty: Bool { last < 0 }
}
