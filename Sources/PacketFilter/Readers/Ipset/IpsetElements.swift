/// The elements of an ipset as they are read.
struct IpsetElements {
    var netmask: Int?
    /// Elements expire unless they say otherwise.
    var expires = false
    private var included: [[Component]] = []
    private var expiring: [[Component]] = []
    private var excluded: [[Component]] = []
    /// The keys that a file has given.
    private var keys: Set<[Component]> = []
    /// How many elements the kernel makes of them.
    var count: UInt128 = 0

    mutating func add(_ key: [Component], expires: Bool, isExcluded: Bool) {
        if isExcluded {
            excluded.append(key)
        } else if expires {
            expiring.append(key)
        } else {
            included.append(key)
        }
    }

    /// The same set without its elements.
    var emptied: IpsetElements {
        var empty = IpsetElements()
        empty.netmask = netmask
        empty.expires = expires
        return empty
    }

    /// Remembers a key; false where it is there already.
    mutating func remember(_ key: [Component]) -> Bool {
        keys.insert(key).inserted
    }

    /// It has exceptions, and keys of several parts or that expire: which wins is not followed.
    var isMixed: Bool {
        !excluded.isEmpty
            && (!expiring.isEmpty || (included + excluded).contains { $0.count != 1 })
    }

    /// Two keys may have a value in common.
    var overlaps: Bool {
        // Ports that the set does not ask for are anything.
        let any = Component.anything(width: 16)
        return (included + expiring).map { key in key.filter { $0 != any } }.overlap(
            onlyOnce: false)
    }

    /// The keys that stay; of two networks the longer prefix wins (`nomatch`).
    var members: ValueSet {
        guard !excluded.isEmpty, !isMixed else { return ValueSet(keys: included) }
        let signed = included.map { ($0, true) } + excluded.map { ($0, false) }
        let ranges = signed.flatMap { key, isIn -> [(ClosedRange<UInt128>, Bool)] in
            guard case .numbers(let numbers)? = key.first else { return [] }
            return numbers.ranges.map { ($0, isIn) }
        }
        let sorted = ranges.sorted {
            $0.0.upperBound - $0.0.lowerBound > $1.0.upperBound - $1.0.lowerBound
        }
        return ValueSet(IpsetElements.deciding(sorted.reversed()))
    }

    /// What is in a set where the first range with a number decides about it.
    private static func deciding(_ ranges: [(ClosedRange<UInt128>, Bool)]) -> IntervalSet {
        // Between two of these numbers all are alike; each such stretch is decided once.
        let starts = Set(
            ranges.flatMap { range, _ in
                range.upperBound == .max
                    ? [range.lowerBound] : [range.lowerBound, range.upperBound + 1]
            }
        ).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(starts, starts.indices))
        var undecided = Array(0...starts.count)
        var included: [ClosedRange<UInt128>] = []
        for (range, isIn) in ranges {
            let isLast = range.upperBound == .max
            let end = isLast ? starts.count : places[range.upperBound + 1] ?? starts.count
            var place = next(places[range.lowerBound] ?? end, &undecided)
            while place < end {
                let last = place + 1 < starts.count ? starts[place + 1] - 1 : .max
                if isIn { included.append(starts[place]...last) }
                undecided[place] = place + 1
                place = next(place + 1, &undecided)
            }
        }
        return IntervalSet(included)
    }

    /// The next place that is undecided; the way to it becomes shorter.
    private static func next(_ start: Int, _ undecided: inout [Int]) -> Int {
        var place = start
        while undecided[place] != place {
            undecided[place] = undecided[undecided[place]]
            place = undecided[place]
        }
        return place
    }

    /// The keys that expire.
    var passing: ValueSet { ValueSet(keys: expiring) }

    /// The key that a text such as `10.0.0.1,tcp:80,eth0` means.
    static func key(_ text: String, _ set: IPSet, netmask: Int?) -> [Component]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard words.count == set.parts.count else { return nil }
        var key: [Component] = []
        for (word, part) in zip(words, set.parts) {
            switch part {
            case .address:
                guard let range = addresses(word, set.family, netmask) else { return nil }
                key.append(.numbers(IntervalSet([range])))
            case .port:
                guard let parts = port(word, isBare: set.parts.count == 1) else { return nil }
                key += parts
            case .hardware:
                guard let address = HardwareAddress(word) else { return nil }
                key.append(.number(address.number))
            case .mark:
                guard let number = CNumber.value(of: word) else { return nil }
                key.append(.number(number))
            case .interface:
                // `physdev:eth0` is a port of a bridge.
                if word.contains(":") { return nil }
                key.append(.interfaces([word]))
            case .list: return nil
            }
        }
        return key
    }

    private static func addresses(
        _ word: String, _ family: Address.Family, _ netmask: Int?
    ) -> ClosedRange<UInt128>? {
        if let prefix = Prefix(word), prefix.family == family {
            let length = min(prefix.length, netmask ?? prefix.length)
            guard length >= 0 else { return nil }
            return Prefix(prefix.first, length: length).range
        }
        let ends = word.split(separator: "-").map { Address($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first.family == family,
            last.family == family, first.number <= last.number
        else { return nil }
        return first.number...last.number
    }

    /// Protocol, port and ICMP type; a port alone in a bitmap is one of TCP or UDP.
    private static func port(_ word: String, isBare: Bool) -> [Component]? {
        let any = Component.anything(width: 16)
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        guard let last = parts.last else { return nil }
        let transport = parts.count == 2 ? Transport.number(parts[0]) : 6
        guard let transport else { return nil }
        if transport == 1 || transport == 58 {
            return icmp(last, transport == 1 ? .v4 : .v6).map {
                [.number(UInt128(transport)), any, .numbers($0)]
            }
        }
        let ends = last.split(separator: "-").map { CNumber.value(of: $0) }
        guard let first = ends.first ?? nil, let end = ends.last ?? nil, first <= end,
            end <= 0xFFFF, ends.count <= 2
        else { return nil }
        let ports = Component.numbers(IntervalSet([first...end]))
        let transports: Component =
            isBare && parts.count == 1
            ? .numbers(IntervalSet([6...6, 17...17])) : .number(UInt128(transport))
        return [transports, ports, any]
    }

    /// `echo-request`, `3/4`.
    private static func icmp(_ text: String, _ family: Address.Family) -> IntervalSet? {
        let parts = text.split(separator: "/").map(String.init)
        guard let first = parts.first, parts.count <= 2, let name = ICMPName(first, family) else {
            return nil
        }
        let code = parts.count == 2 ? UInt128(parts[1]) : name.code ?? 0
        guard let code, code < 256 else { return nil }
        return IntervalSet(name.type << 8 | code)
    }
}
