/// What one part of a key may be.
package enum Component: Hashable, Sendable {
    case numbers(IntervalSet)
    /// Names of interfaces, and patterns that end in `*`.
    case interfaces([String])

    /// One number.
    package static func number(_ number: UInt128) -> Component { .numbers(IntervalSet(number)) }
    /// Whatever there is, of so many bits.
    package static func anything(width: Int) -> Component {
        .numbers(IntervalSet([0...IntervalSet.largest(width)]))
    }
}

/// Keys that a set has, or that a match asks for.
package struct ValueSet: Hashable, Sendable {
    /// Keys that are one number.
    package var numbers: IntervalSet
    /// Keys of several parts, or of names of interfaces.
    package var tuples: [[Component]]

    /// A set by its parts.
    package init(_ numbers: IntervalSet = .empty, tuples: [[Component]] = []) {
        self.numbers = numbers
        self.tuples = tuples
    }

    /// The set of these keys.
    package init(keys: some Sequence<[Component]>) {
        var ranges: [ClosedRange<UInt128>] = []
        var tuples: [[Component]] = []
        for key in keys {
            if key.count == 1, case .numbers(let numbers) = key[0] {
                ranges += numbers.ranges
            } else {
                tuples.append(key)
            }
        }
        self.init(IntervalSet(ranges), tuples: tuples)
    }

    /// It has no key.
    package var isEmpty: Bool { numbers.isEmpty && tuples.isEmpty }

    /// The names and patterns of interfaces in it.
    package var interfaceNames: [String] {
        tuples.flatMap { $0 }.flatMap { part in
            guard case .interfaces(let names) = part else { return [String]() }
            return names
        }
    }
}
