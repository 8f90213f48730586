/// A set or map as the kernel tells it: keys are bytes, and only the rules that ask it know what
/// they mean.
struct KernelSet {
    /// What a map gives.
    enum Data: Hashable {
        case none
        case verdict
        case value(bytes: Int)
        /// A counter, a quota, a helper, by its number (`NFT_OBJECT_`).
        case object(UInt32)
    }

    /// What an element of a map gives.
    enum Datum: Hashable {
        case verdict(RuleVerdict)
        case value(UInt128)
        case object
        /// Two values, as maps of ranges have them.
        case odd
    }

    /// What is said of an element besides its key.
    struct Marks: OptionSet {
        let rawValue: UInt8
        /// The first key that is no longer in the range.
        static let isEnd = Marks(rawValue: 1)
        /// A timeout removes it.
        static let passes = Marks(rawValue: 2)
    }

    let name: String
    let isAnonymous: Bool
    let isInterval: Bool
    /// Each field of a key has a range of its own; their lengths in bytes.
    let fields: [Int]
    /// Packets add to it.
    let isDynamic: Bool
    /// The length of a key in bytes.
    let keyLength: Int
    let data: Data
    /// An element has a rate, a quota or a count of its own.
    private(set) var hasDecidingExpressions = false
    /// Something about an element is not understood.
    private(set) var isOdd = false

    /// Keys in words of 16 bytes, filled with zeros at the end; `stride` words each.
    private(set) var keys: [UInt128] = []
    /// Where fields have ranges, their last keys.
    private(set) var ends: [UInt128] = []
    private(set) var marks: [Marks] = []
    /// What the elements of a map give.
    private(set) var datums: [Datum] = []
    /// What there is for every other key (`*`).
    private(set) var fallback: Datum?
    private(set) var hasAll = false

    /// The words of a key.
    var stride: Int { (keyLength + 15) / 16 }

    init(_ attributes: KernelAttributes) throws(KernelError) {
        name = try attributes.requiredText(2)
        let flags = try attributes.number32(3) ?? 0
        // ANONYMOUS CONSTANT INTERVAL MAP TIMEOUT EVAL OBJECT CONCAT EXPR
        guard flags & ~0x1FF == 0 else { throw .malformed }
        isAnonymous = flags & 1 != 0
        isInterval = flags & 4 != 0
        isDynamic = flags & 0x20 != 0
        keyLength = Int(try attributes.required32(5))
        guard (1...64).contains(keyLength) else { throw .malformed }
        data = try KernelSet.data(attributes, isMap: flags & 8 != 0, isObject: flags & 0x40 != 0)
        fields = flags & 0x80 != 0 ? try KernelSet.fields(attributes, keyLength) : []
        try take(expressions: attributes[17].map { [$0] } ?? [])
        try take(expressions: attributes.nested(18)?.list() ?? [])
    }

    private static func data(
        _ attributes: KernelAttributes, isMap: Bool, isObject: Bool
    ) throws(KernelError) -> Data {
        if isObject { return .object(try attributes.required32(15)) }
        guard isMap else { return .none }
        if try attributes.required32(6) == 0xFFFF_FF00 { return .verdict }
        let length = Int(try attributes.required32(7))
        guard (1...64).contains(length) else { throw .malformed }
        return .value(bytes: length)
    }

    private static func fields(
        _ attributes: KernelAttributes, _ keyLength: Int
    ) throws(KernelError) -> [Int] {
        guard let concatenation = try attributes.nested(9)?.nested(2) else { return [] }
        var fields: [Int] = []
        for field in try concatenation.list() {
            fields.append(Int(try KernelAttributes(field).required32(1)))
        }
        guard fields.allSatisfy({ (1...64).contains($0) }),
            fields.reduce(0, { $0 + ($1 + 3) & ~3 }) == keyLength
        else { throw .malformed }
        return fields.count > 1 ? fields : []
    }

    private mutating func take(expressions: [ArraySlice<UInt8>]) throws(KernelError) {
        for expression in expressions {
            let name = try KernelAttributes(expression).requiredText(1)
            if name != "counter", name != "last" { hasDecidingExpressions = true }
        }
    }
}

extension KernelSet {
    /// Takes the elements of one message (`NFTA_SET_ELEM_LIST_ELEMENTS`).
    mutating func take(elements: ArraySlice<UInt8>) throws(KernelError) {
        var place = elements.startIndex
        while place < elements.endIndex {
            let next = try KernelAttributes.end(of: place, in: elements)
            let length = Int(elements[place]) | Int(elements[place + 1]) << 8
            guard elements[place + 2] == 1, elements[place + 3] & 0x3F == 0 else {
                throw .malformed
            }
            try take(element: elements[(place + 4)..<(place + length)])
            place = next
        }
    }

    private mutating func take(element bytes: ArraySlice<UInt8>) throws(KernelError) {
        var marks: Marks = []
        var isAll = false
        var (key, end): (ArraySlice<UInt8>?, ArraySlice<UInt8>?)
        var datum: Datum?
        // Read in place: large sets have little else.
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let next = try KernelAttributes.end(of: place, in: bytes)
            let length = Int(bytes[place]) | Int(bytes[place + 1]) << 8
            let value = bytes[(place + 4)..<(place + length)]
            let type = Int(bytes[place + 2]) | Int(bytes[place + 3] & 0x3F) << 8
            place = next
            switch type {
            case 1: key = try KernelSet.key(value, keyLength)
            case 2: datum = try self.datum(of: value)
            case 3:
                guard value.count == 4 else { throw .malformed }
                let flags = value.bigNumber
                guard flags & ~3 == 0 else { throw .malformed }
                if flags & 1 != 0 { marks.insert(.isEnd) }
                isAll = flags & 2 != 0
            // A timeout of 0 means never; what expires has one, of its own or of the set.
            case 4: if value.bigNumber != 0 { marks.insert(.passes) }
            case 5: marks.insert(.passes)
            case 6, 8: break  // Comments and filling.
            case 7: try take(expressions: [value])
            case 9: datum = .object
            case 10: end = try KernelSet.key(value, keyLength)
            case 11: try take(expressions: try KernelAttributes(value).list())
            default: isOdd = true
            }
        }
        if !marks.contains(.isEnd), data != .none, datum == nil { throw .malformed }
        if isAll {
            if marks.contains(.passes) { isOdd = true }
            hasAll = true
            fallback = datum
            return
        }
        guard let key else { throw .malformed }
        let count = stride
        KernelSet.append(key, count, to: &keys)
        if !fields.isEmpty { KernelSet.append(end ?? key, count, to: &ends) }
        self.marks.append(marks)
        if data != .none { datums.append(datum ?? .odd) }
    }

    // NFTA_DATA_VALUE alone, read without the way round an array of attributes.
    private static func key(
        _ bytes: ArraySlice<UInt8>, _ length: Int
    ) throws(KernelError) -> ArraySlice<UInt8> {
        let start = bytes.startIndex
        guard bytes.count == 4 + (length + 3) & ~3, bytes[start + 2] == 1,
            Int(bytes[start]) | Int(bytes[start + 1]) << 8 == length + 4
        else { throw .malformed }
        return bytes[(start + 4)..<(start + 4 + length)]
    }

    // Static, because a copy of the set would make each key copy all of them.
    private static func append(
        _ key: ArraySlice<UInt8>, _ count: Int, to words: inout [UInt128]
    ) {
        var rest = key
        for _ in 0..<count {
            let word = rest.prefix(16)
            words.append(word.bigNumber << UInt128(8 * (16 - word.count)))
            rest = rest.dropFirst(16)
        }
    }

    private func datum(of bytes: ArraySlice<UInt8>) throws(KernelError) -> Datum {
        let attributes = try KernelAttributes(bytes)
        if let value = attributes[1] {
            guard case .value(let length) = data, value.count <= 64 else { throw .malformed }
            return value.count == length && length <= 16 ? .value(value.bigNumber) : .odd
        }
        guard let verdict = try attributes.nested(2), data == .verdict else { throw .malformed }
        return .verdict(try RuleVerdict(verdict, "the program of a queue of map \(name)"))
    }
}

extension RuleVerdict {
    /// A verdict as the kernel codes it (`NFTA_VERDICT_`); `queue` names the program that a queue
    /// asks.
    init(_ attributes: KernelAttributes, _ queue: String) throws(KernelError) {
        let code = Int32(bitPattern: try attributes.required32(1))
        switch code {
        case -1: self = .proceed
        case -3: self = .jump(try attributes.requiredText(2))
        case -4: self = .goto(try attributes.requiredText(2))
        case -5: self = .return
        // The upper half carries an error, or the number of a queue.
        case 0...: self = try RuleVerdict.ofNetfilter(code & 0xFF, queue)
        default: throw .notUnderstood("verdict \(code)")
        }
    }

    private static func ofNetfilter(
        _ code: Int32, _ queue: String
    ) throws(KernelError) -> RuleVerdict {
        switch code {
        case 0: .drop
        case 1: .accept
        case 3: .ask(Unknown(.hidden, queue))
        default: throw .notUnderstood("verdict \(code)")
        }
    }
}
