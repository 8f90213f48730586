/// What `ipset restore` is told of a set when it is made, and which elements it then takes.
struct IpsetTraits: Hashable {
    private let type: String
    private(set) var hasTimeout = false
    private(set) var hasComments = false
    private var family: String?
    /// The options that were given.
    private var seen: Set<String> = []
    private var range: ClosedRange<UInt128>?
    /// How many elements it has room for.
    private(set) var largest: UInt128 = 65536

    private static let types: Set<String> = [
        "hash:ip", "hash:net", "hash:ip,port", "hash:ip,port,ip", "hash:ip,port,net",
        "hash:net,port", "hash:net,iface", "hash:mac", "bitmap:ip", "bitmap:port", "list:set",
    ]

    /// Names of types that ipset still takes.
    static let oldNames: [String: String] = [
        "iphash": "hash:ip", "nethash": "hash:net", "ipporthash": "hash:ip,port",
        "ipportiphash": "hash:ip,port,ip", "ipportnethash": "hash:ip,port,net",
        "ipmap": "bitmap:ip", "portmap": "bitmap:port", "setlist": "list:set",
    ]

    init(_ type: String) {
        self.type = type
    }

    /// Networks of different lengths are different elements.
    var isOfNetworks: Bool { type.contains("net") }

    /// Everything that it needs was said, and it is of a type that is known.
    var isSound: Bool {
        IpsetTraits.types.contains(type) && (!type.hasPrefix("bitmap") || range != nil)
            && (type.hasPrefix("hash") && type != "hash:mac" || family == nil)
    }

    /// A name of 1 to 31 bytes.
    static func isName(_ text: String) -> Bool {
        (1...31).contains(text.utf8.count) && !text.hasPrefix("-")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Whether an option with the word behind it is one that sets have.
    mutating func take(_ option: String, _ value: String?, _ draft: IpsetElements) -> Bool {
        let number = value.flatMap { CNumber.value(of: $0) }.flatMap { UInt32(exactly: $0) }
        let isHash = type.hasPrefix("hash")
        guard seen.insert(option).inserted else { return false }
        switch option {
        case "family":
            defer { family = value }
            return isHash && family == nil && (value == "inet" || value == "inet6")
        case "hashsize": return isHash && number.map { (1...(1 << 20)).contains($0) } ?? false
        case "maxelem":
            largest = number.map { UInt128($0) } ?? 0
            return isHash && number.map { $0 > 0 } ?? false
        case "bucketsize":
            return isHash && number.map { (2...14).contains($0) && $0 % 2 == 0 } ?? false
        case "initval":
            let digits = (value ?? "").dropFirst(2)
            return isHash && (value ?? "").hasPrefix("0x") && UInt32(digits, radix: 16) != nil
        case "timeout":
            hasTimeout = true
            return number.map { $0 <= 2_147_483 } ?? false
        case "counters", "skbinfo": return true
        case "comment":
            hasComments = true
            return true
        case "range":
            range = IpsetTraits.range(value ?? "", type)
            return type.hasPrefix("bitmap") && range != nil
        case "size": return type == "list:set" && number.map { $0 > 0 && $0 < 65536 } ?? false
        default: return false
        }
    }

    /// Numbers or addresses with a line between them, at most 65,536 (`IPSET_BITMAP_MAX_RANGE`).
    private static func range(_ text: String, _ type: String) -> ClosedRange<UInt128>? {
        if type == "bitmap:ip", let prefix = Prefix(text), prefix.family == .v4,
            prefix.length >= 16,
            prefix.length < 32
        {
            return prefix.range
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2 else { return nil }
        let numbers =
            type == "bitmap:ip"
            ? ends.map { Address($0).flatMap { $0.family == .v4 ? $0.number : nil } }
            : ends.map { CNumber.value(of: $0) }
        guard let first = numbers[0], let last = numbers[1], first <= last, last - first <= 65535,
            type == "bitmap:ip" || last <= 65535
        else { return nil }
        return first...last
    }

    private var parts: [Substring] {
        type.drop { $0 != ":" }.dropFirst().split(separator: ",")
    }

    /// How many elements a key becomes: one for each address and port, but for networks.
    func count(of key: [Component]) -> UInt128 {
        var rest = key[...]
        return parts.reduce(1) { count, part in
            // Protocol, port and type of ICMP are the three parts of a port.
            let own = rest.prefix(part == "port" ? 3 : 1)
            rest = rest.dropFirst(own.count)
            let counted: Component? =
                part == "ip" ? own.first : part == "port" ? own.dropFirst().first : nil
            return count * (counted.map(IpsetTraits.size) ?? 1)
        }
    }

    // So large that no set has room for it, and so small that three of them can be multiplied.
    private static let largestSize: UInt128 = 1 << 33

    private static func size(of component: Component) -> UInt128 {
        guard case .numbers(let numbers) = component, let range = numbers.ranges.first else {
            return 1
        }
        return min(range.upperBound - range.lowerBound, largestSize) + 1
    }

    /// Whether the set certainly has room for such an element.
    func takes(_ element: String, _ key: [Component]) -> Bool {
        guard isSound, !element.hasPrefix("-") else { return false }
        // Names of services and protocols are the host's.
        let isPlain = element.utf8.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || (0x61...0x7A).contains(byte)
                || (0x41...0x46).contains(byte) || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ",")
                || byte == UInt8(ascii: "-")
        }
        guard isPlain else { return false }
        let words = element.split(separator: ",")
        for (part, word) in zip(parts, words) {
            switch part {
            case "ip" where word.contains("/") && family == "inet6": return false
            case "ip" where Address(word)?.number == 0, "mac" where word.allSatisfy("0:".contains):
                return false
            case "net":
                // A network of length 0 is no element; a range becomes several.
                if word.hasSuffix("/0") || word.contains("-") { return false }
            case "ip":
                if let slash = word.firstIndex(of: "/"),
                    Int(word[word.index(after: slash)...]).map({ $0 < 16 }) ?? true
                {
                    return false
                }
            default: break
            }
        }
        if let range, let first = key.first {
            // A port of a bitmap is the second part of its key.
            let part = type == "bitmap:port" && key.count > 1 ? key[1] : first
            guard case .numbers(let numbers) = part else { return false }
            return numbers.ranges.allSatisfy {
                range.contains($0.lowerBound) && range.contains($0.upperBound)
            }
        }
        return true
    }
}
