/// What a stretch of a key means to the rule that asks for it.
enum KernelKeyPart: Hashable {
    /// A number of some bytes, the first byte highest; padding of its last word is not in it.
    case number(bytes: Int)
    /// The name of an interface, filled with zeros to 16 bytes.
    case interfaceName
    /// The number of an interface, in the machine's order or in that of the network.
    case interfaceIndex(isHostOrder: Bool)

    var bytes: Int {
        switch self {
        case .number(let bytes): bytes
        case .interfaceName: 16
        case .interfaceIndex: 4
        }
    }

    /// The bytes of the words that it fills.
    var space: Int { (bytes + 3) & ~3 }
}

/// Names of interfaces as keys and comparisons have them.
struct KernelInterfaces {
    /// The interfaces that exist by their numbers.
    var links: [UInt32: KernelLink]

    /// The interfaces with a number of a range, as the names that a match asks for; numbers that
    /// no interface has are a name that none can have.
    func component(_ range: ClosedRange<UInt128>) -> Component {
        let fitting = links.filter { range.contains(UInt128($0.key)) }.map(\.value.name)
        if fitting.isEmpty { return .interfaces(["number \(range.lowerBound)"]) }
        return .interfaces(fitting.sorted())
    }

    /// The interfaces with a name of a range of 16 bytes: one name, or all that begin alike.
    static func component(_ range: ClosedRange<UInt128>) -> Component? {
        if range.lowerBound == range.upperBound { return name(bytes(range.lowerBound)) }
        let (first, last) = (bytes(range.lowerBound), bytes(range.upperBound))
        let length = zip(first, last).prefix { $0 == $1 }.count
        guard first[length...].allSatisfy({ $0 == 0 }), last[length...].allSatisfy({ $0 == 0xFF })
        else { return nil }
        return pattern(Array(first[..<length]))
    }

    private static func bytes(_ number: UInt128) -> [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: number >> UInt128(120 - $0 * 8)) }
    }

    /// The interface of a name that ends with zeros.
    static func name(_ bytes: some Sequence<UInt8>) -> Component? {
        let bytes = Array(bytes)
        let name = bytes.prefix { $0 != 0 }
        // A name that ends in an asterisk is possible, and would be taken for a pattern.
        guard bytes.dropFirst(name.count).allSatisfy({ $0 == 0 }), !name.isEmpty,
            name.last != UInt8(ascii: "*"), let text = String(validating: name, as: UTF8.self)
        else { return nil }
        return .interfaces([text])
    }

    /// All interfaces whose names begin so.
    static func pattern(_ bytes: some Collection<UInt8>) -> Component? {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        return .interfaces([text + "*"])
    }
}

extension KernelSet {
    /// An element, or the range between two of them.
    private struct Span {
        var element: Int
        /// Where the set has ranges of whole keys: the last key of this one.
        var last: UInt128?
    }

    /// Calls for each key of the set, of these parts, with the place of its element; false where
    /// the keys cannot be said in these parts.
    func forEachKey(
        _ parts: [KernelKeyPart], _ interfaces: KernelInterfaces,
        _ body: ([Component], Int) -> Void
    ) -> Bool {
        guard let spans = spans(parts) else { return false }
        for span in spans {
            var key: [Component] = []
            var offset = 0
            for part in parts {
                let first = word(keys, span.element, offset, part.bytes)
                let last =
                    span.last.map { $0 >> UInt128(128 - 8 * part.bytes) }
                    ?? (ends.isEmpty ? first : word(ends, span.element, offset, part.bytes))
                guard first <= last,
                    let component = component(part, first...last, interfaces)
                else { return false }
                key.append(component)
                offset += part.space
            }
            body(key, span.element)
        }
        return true
    }

    /// The ranges of keys of one part that is a number, the bulk of large sets; nil where the keys
    /// are no such.
    func ranges(_ parts: [KernelKeyPart]) -> [(ClosedRange<UInt128>, element: Int)]? {
        guard parts.count == 1, case .number(let bytes) = parts[0], bytes <= 16, ends.isEmpty,
            let spans = spans(parts)
        else { return nil }
        let shift = UInt128(128 - 8 * bytes)
        return spans.map { span in
            let first = keys[span.element] >> shift
            return (first...((span.last ?? keys[span.element]) >> shift), span.element)
        }
    }

    /// Where whole keys have ranges, the greatest element that is not above a key decides over it
    /// (`nft_rbtree_lookup`).
    private func spans(_ parts: [KernelKeyPart]) -> [Span]? {
        guard isInterval, fields.isEmpty else {
            return marks.indices.map { Span(element: $0) }
        }
        guard stride == 1, parts.count == 1 else { return nil }
        let order = marks.indices.sorted { one, other in
            keys[one] != keys[other]
                ? keys[one] < keys[other]
                : marks[one].contains(.isEnd) && !marks[other].contains(.isEnd)
        }
        let unit = UInt128(1) << UInt128(128 - 8 * keyLength)
        var spans: [Span] = []
        for (place, element) in order.enumerated() where !marks[element].contains(.isEnd) {
            let next = place + 1 < order.count ? keys[order[place + 1]] : nil
            // Two elements of one key: the tree takes either.
            if next == keys[element] { return nil }
            spans.append(Span(element: element, last: next.map { $0 - unit } ?? (0 &- unit)))
        }
        return spans
    }

    private func component(
        _ part: KernelKeyPart, _ range: ClosedRange<UInt128>, _ interfaces: KernelInterfaces
    ) -> Component? {
        switch part {
        case .number: .numbers(IntervalSet([range]))
        case .interfaceName: KernelInterfaces.component(range)
        case .interfaceIndex(isHostOrder: false): interfaces.component(range)
        case .interfaceIndex(isHostOrder: true):
            range.lowerBound == range.upperBound
                ? interfaces.component(
                    UInt128(UInt32(truncatingIfNeeded: range.lowerBound).byteSwapped))
                : nil
        }
    }

    /// Some bytes of a key, which may lie in two of its words.
    private func word(_ words: [UInt128], _ element: Int, _ offset: Int, _ bytes: Int) -> UInt128 {
        let first = element * stride + offset / 16
        let skipped = UInt128(offset % 16 * 8)
        var number = words[first] << skipped
        if skipped > 0, offset / 16 + 1 < stride {
            number |= words[first + 1] >> (128 - skipped)
        }
        return number >> UInt128(128 - 8 * bytes)
    }
}

extension KernelInterfaces {
    fileprivate func component(_ number: UInt128) -> Component { component(number...number) }
}
