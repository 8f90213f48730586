/// Says whether nft certainly takes some tokens for the value of a variable: it reads them when the
/// variable is defined, whether anything names it or not.
struct NftDefinition {
    private var tokens: ArraySlice<NftToken>

    /// Words with a meaning that are values as well.
    private static let values: Set<String> = ["ip", "ip6", "tcp", "udp", "sctp", "icmp", "icmpv6"]

    /// Whether all of the tokens are one value: a set, or values with commas between them.
    static func isValue(_ tokens: [NftToken]) -> Bool {
        var reader = NftDefinition(tokens: tokens[...])
        let isValue = reader.next?.isSign("{") == true ? reader.takeSet() : reader.takeList()
        return isValue && reader.tokens.isEmpty
    }

    private var next: NftToken? { tokens.first }

    private mutating func take(_ sign: String) -> Bool {
        guard next?.isSign(sign) == true else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func takeNewline() {
        if next?.kind == .newline { tokens.removeFirst() }
    }

    /// `22, 80`, or `-5`.
    private mutating func takeList() -> Bool {
        if take("-") { return takeNumber() }
        repeat {
            guard takeConcatenation() else { return false }
        } while take(",")
        return true
    }

    /// `{ 22, 80-90, 443, }`; of variables the sets that they stand for.
    private mutating func takeSet() -> Bool {
        guard take("{") else { return false }
        if take("}") { return true }
        takeNewline()
        while true {
            guard takeElement() else { return false }
            takeNewline()
            var isLast = true
            while take(",") {
                isLast = false
                takeNewline()
            }
            if take("}") { return true }
            if isLast { return false }
        }
    }

    private mutating func takeElement() -> Bool {
        if let brace = next, brace.isSign("{") {
            return brace.isVariable && takeSet()
        }
        guard take("*") || takeConcatenation() else { return false }
        let isEnded = next.map { $0.isSign(",") || $0.isSign("}") || $0.kind == .newline }
        if take(":") { return takeConcatenation() }
        return isEnded == true
    }

    private mutating func takeConcatenation() -> Bool {
        repeat {
            guard takePart() else { return false }
        } while take(".")
        return true
    }

    /// A value, a range, a prefix, or bits.
    private mutating func takePart() -> Bool {
        guard takeValue() else { return false }
        if take("-") { return takeValue() }
        if take("/") { return takeNumber() }
        while take("|") {
            guard takeValue() else { return false }
        }
        return true
    }

    private mutating func takeNumber() -> Bool {
        guard let token = next, token.kind == .word, CNumber.value(of: token.text) != nil else {
            return false
        }
        tokens.removeFirst()
        return true
    }

    private mutating func takeValue() -> Bool {
        guard let token = next else { return false }
        switch token.kind {
        case .quoted: break
        case .word:
            guard
                !NftKeywords.areReserved(token.text) || NftDefinition.values.contains(token.text)
            else { return false }
            let isNumber = token.text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
            // `5.6` is two values without anything between them.
            if isNumber, token.text.contains("."), Address(token.text) == nil { return false }
        case .sign, .newline, .end: return false
        }
        tokens.removeFirst()
        return true
    }
}
