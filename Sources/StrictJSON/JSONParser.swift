extension JSONValue {
    /// Reads one document (RFC 8259) of UTF-8 without a byte order mark, as strictly as it can be read.
    ///
    /// No two members of an object have one name after unescaping, no string holds U+0000, nothing
    /// follows the document but white space. It takes time and memory linear in the bytes.
    package init(parsing bytes: [UInt8], limits: JSONLimits) throws(JSONError) {
        try self.init(parsing: bytes[...], limits: limits)
    }

    /// Reads one document that is a part of other bytes; offsets count from its own beginning.
    package init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits) throws(JSONError) {
        guard bytes.count <= limits.document else { throw JSONError(.limit, at: limits.document) }
        var parser = JSONParser(bytes, limits)
        self = try parser.document()
    }
}

/// A recursive descent over bytes; the recursion is bounded by the limit of depth.
struct JSONParser {
    let bytes: ArraySlice<UInt8>
    let limits: JSONLimits
    var position: Int
    private var values = 0

    init(_ bytes: ArraySlice<UInt8>, _ limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
        position = bytes.startIndex
    }

    /// The next byte; nil at the end.
    var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    func error(_ code: JSONError.Code, at position: Int? = nil) -> JSONError {
        JSONError(code, at: (position ?? self.position) - bytes.startIndex)
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard next == nil else { throw error(.syntax) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        values += 1
        guard values <= limits.values else { throw error(.limit) }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= limits.depth else { throw error(.limit) }
        position += 1
        var elements: [JSONValue] = []
        if took(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            if took(UInt8(ascii: "]")) { return elements }
            guard took(UInt8(ascii: ",")) else { throw error(.syntax) }
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [JSONMember] {
        guard depth <= limits.depth else { throw error(.limit) }
        position += 1
        var members: [JSONMember] = []
        var names = JSONNames()
        if took(UInt8(ascii: "}")) { return members }
        while true {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw error(.syntax) }
            let name = try string()
            guard !limits.asciiNames || name.utf8.allSatisfy({ $0 < 0x80 }) else {
                throw error(.key, at: start)
            }
            guard names.insert(name, after: members) else { throw error(.duplicate, at: start) }
            guard took(UInt8(ascii: ":")) else { throw error(.syntax) }
            members.append(JSONMember(name, try value(depth: depth)))
            if took(UInt8(ascii: "}")) { return members }
            guard took(UInt8(ascii: ",")) else { throw error(.syntax) }
        }
    }

    private mutating func literal(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.endIndex, bytes[position..<end].elementsEqual("\(word)".utf8) else {
            throw error(.syntax)
        }
        position = end
        return value
    }

    /// Whether the next byte after white space was this one; it is taken.
    private mutating func took(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }
}
