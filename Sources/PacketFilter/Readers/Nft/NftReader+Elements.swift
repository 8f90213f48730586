extension NftReader {
    /// `{ element, … }` of these types.
    mutating func readElements(
        _ type: NftSetType, isPassing: Bool
    ) throws(NftError) -> NftElements {
        var elements = NftElements()
        try readElements(type, isPassing: isPassing, into: &elements, depth: 0)
        return elements
    }

    /// The same of a set in a rule, which says nothing of itself.
    mutating func readInlineElements(_ type: NftSetType) throws(NftError) -> NftElements {
        let elements = try readElements(type, isPassing: false)
        check(
            elements, type,
            NftSetTraits(isInterval: true, mergesIntervals: type.data == .none))
        return elements
    }

    /// Adds them to others.
    private mutating func readElements(
        _ type: NftSetType, isPassing: Bool, into elements: inout NftElements, depth: Int
    ) throws(NftError) {
        let brace = try tokens.peek()
        try expect(sign: "{")
        try skipNewline()
        if try tokens.peek().isSign("}") {
            if brace.isVariable {
                doubt(brace.place, "elements of which there are none")
            } else {
                try refuse(brace.place, "elements of which there are none")
            }
        }
        guard depth < 16 else { throw NftError(.tooLarge, tokens.place, "sets within sets") }
        if depth > 0, !brace.isVariable { doubt(brace.place, "a set within a set") }
        while try !take(sign: "}") {
            if try tokens.peek().isSign("{") {
                try readElements(type, isPassing: isPassing, into: &elements, depth: depth + 1)
            } else {
                try readElement(type, isPassing: isPassing, into: &elements)
            }
            try skipNewline()
            let token = try tokens.next()
            if token.isSign("}") { break }
            guard token.isSign(",") else {
                throw NftError(.refused, token.place, "elements without a comma between them")
            }
            try skipNewline()
            while try take(sign: ",") { try skipNewline() }
        }
    }

    private mutating func readElement(
        _ type: NftSetType, isPassing: Bool, into elements: inout NftElements
    ) throws(NftError) {
        let isAll = try take(sign: "*")
        if isAll, type.data == .none { doubt(tokens.place, "an element of everything") }
        let key = isAll ? [] : try readKey(type.keys)
        let expires = try readElementOptions()
        elements.hasTimeout = elements.hasTimeout || expires
        let passes = expires || isPassing
        switch type.data {
        case .none:
            if isAll { elements.hasAll = true } else { elements.add(key, isPassing: passes) }
        case .verdict:
            try expect(sign: ":")
            let wasEnded = rule.isEnded
            let verdict = try readVerdict()
            rule.isEnded = wasEnded
            if isAll {
                elements.verdictFallback = verdict
            } else {
                elements.verdicts.append((key, verdict))
            }
            let isLater = try readElementOptions()
            if passes || isLater { elements.hasPassingValue = true }
        case .numbers(let types):
            try expect(sign: ":")
            if let value = try readDatum(types) {
                if isAll {
                    elements.valueFallback = value
                } else {
                    elements.values.append((key, value))
                }
            } else {
                elements.hasOddValue = true
            }
            let isLater = try readElementOptions()
            if passes || isLater { elements.hasPassingValue = true }
        case .objects:
            try expect(sign: ":")
            let name = try string()
            doubt(name.place, "an object of an element")
        }
    }

    /// A key: a value, a range or a prefix for each type, with dots between them.
    private mutating func readKey(_ types: [NftType]) throws(NftError) -> [Component] {
        var key: [Component] = []
        for (place, type) in types.enumerated() {
            if place > 0 { try expect(sign: ".") }
            key.append(try readComponent(type))
        }
        return key
    }

    /// Numbers side by side; nothing where one is a range.
    private mutating func readDatum(_ types: [NftType]) throws(NftError) -> UInt128? {
        var datum: UInt128? = 0
        var width = 0
        for (place, type) in types.enumerated() {
            if place > 0 { try expect(sign: ".") }
            let component = try readComponent(type)
            width += type.width
            guard width <= 128, case .numbers(let numbers) = component,
                let range = numbers.ranges.first, numbers.ranges.count == 1,
                range.lowerBound == range.upperBound, let before = datum
            else {
                datum = nil
                continue
            }
            datum = before << UInt128(type.width) | range.lowerBound
        }
        return datum
    }

    /// Timeouts, comments and counters of an element; whether a timeout removes it.
    private mutating func readElementOptions() throws(NftError) -> Bool {
        var passes = false
        while true {
            let token = try tokens.peek()
            guard token.kind == .word else { return passes }
            switch token.text {
            case "timeout", "expires":
                _ = try tokens.next()
                if token.text == "expires" { doubt(token.place, "an element that expires") }
                let time = try tokens.next()
                if !NftTime.isTime(time.text) { doubt(time.place, "a time") }
                if time.text != "never" { passes = true }
            case "comment":
                _ = try tokens.next()
                _ = try text(longest: 127)
            case "counter", "limit", "quota", "last", "ct":
                doubt(token.place, "a statement of an element")
                try skipElementStatement()
            default:
                throw NftError(.notUnderstood, token.place, "an option of an element")
            }
        }
    }

    private mutating func skipElementStatement() throws(NftError) {
        _ = try tokens.next()
        while true {
            let token = try tokens.peek()
            if token.kind == .end || token.kind == .newline { return }
            if token.isSign(",") || token.isSign("}") || token.isSign(":") { return }
            if token.isWord("timeout") || token.isWord("expires") || token.isWord("comment") {
                return
            }
            _ = try tokens.next()
        }
    }

    /// Names of interfaces are of 1 to 15 bytes; one that is matched by its index must be there.
    private mutating func check(interface token: NftToken, _ type: NftType) throws(NftError) {
        let name = token.text
        if name.isEmpty || name == "*" || name.utf8.count > 15 {
            try refuse(token.place, "a name that interfaces do not have")
        }
        if token.kind == .word, NftKeywords.areReserved(name) || name.contains("\\") {
            doubt(token.place, "a word that nft has a meaning for")
        }
        if name.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F })
            || name.utf8.dropLast().contains(UInt8(ascii: "*"))
        {
            doubt(token.place, "a name that interfaces do not have")
        }
        if token.kind == .word, name.contains(":") {
            throw NftError(.notUnderstood, token.place, "a name that interfaces do not have")
        }
        guard type == .interfaceIndex else { return }
        if Int(name) != nil {
            doubt(token.place, "an interface by its number")
        } else if name.hasSuffix("*") {
            try refuse(token.place, "a pattern where one interface belongs")
        } else {
            try requireInterface(name, token.place)
        }
    }

    /// A value, a range or a prefix.
    mutating func readComponent(_ type: NftType) throws(NftError) -> Component {
        if type.isInterface {
            let token = try string()
            try check(interface: token, type)
            return .interfaces([InterfaceName.unescaped(token.text)])
        }
        if type.isBits { return .number(try readBits(type, comma: false)) }
        let start = try tokens.peek()
        let first = try readNumber(type)
        if try take(sign: "-") {
            let place = tokens.place
            if !type.isOrdered { doubt(place, "a range of what has no order") }
            let last = try readNumber(type)
            if type == .hour, last < first {
                // A stretch of the day that goes past midnight.
                let end = UInt128(86_399)
                return .numbers(IntervalSet([0...last, first...end]))
            }
            guard first <= last else {
                throw NftError(.refused, tokens.place, "a range that ends before it begins")
            }
            return .numbers(IntervalSet([first...last]))
        }
        guard try take(sign: "/") else { return .number(first) }
        let length = try tokens.next()
        if type != .address4 && type != .address6 || length.use != start.use && length.isVariable {
            doubt(length.place, "a prefix of what is no address")
        }
        guard let bits = CNumber.small(length.text), (0...type.width).contains(bits) else {
            throw NftError(.refused, length.place, "a prefix that is too long")
        }
        return .numbers(IntervalSet(prefix: first, length: bits, width: type.width))
    }
}

/// Names of interfaces as rules write them.
enum InterfaceName {
    /// `eth\*` is the name of an interface that ends in an asterisk; we take it for the pattern.
    static func unescaped(_ text: String) -> String {
        text.hasSuffix("\\*") ? text.dropLast(2) + "*" : text
    }
}
