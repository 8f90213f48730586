/// Reads what `ipset save` prints, and files for `ipset restore`.
struct IpsetReader {
    private(set) var sets: [String: IPSet] = [:]
    private var elements: [String: IpsetElements] = [:]
    /// Members of lists of sets.
    private var lists: [String: [String]] = [:]
    private var line = 0

    /// The keys that all lists of sets may have together; each can have those of every set.
    private static let listedLimit = 4_000_000

    /// Reads all lines; one that cannot be read throws `malformed` with its number.
    mutating func read(_ bytes: [UInt8]) throws(PacketFilterError) {
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            guard part.count < 1 << 16, let words = XtablesLine(part) else { throw malformed }
            try read(words)
        }
        finish()
    }

    private var malformed: PacketFilterError { PacketFilterError(.malformed, "line \(line)") }

    private mutating func read(_ words: XtablesLine) throws(PacketFilterError) {
        var words = words
        guard let verb = words.take(), !verb.hasPrefix("#") else { return }
        switch verb {
        case "create", "-N", "n", "new":
            guard let name = words.take(), let type = words.take() else { throw malformed }
            try create(name, type, &words)
        case "add", "-A":
            guard let name = words.take(), let element = words.take() else { throw malformed }
            try add(element, to: name, &words)
        case "flush", "-F":
            if let name = words.take() { elements[name] = IpsetElements() } else { elements = [:] }
        case "destroy", "-X":
            if let name = words.take() { sets[name] = nil } else { sets = [:] }
        case "COMMIT": break
        default: throw malformed
        }
    }

    private mutating func create(
        _ name: String, _ type: String, _ words: inout XtablesLine
    ) throws(PacketFilterError) {
        guard let colon = type.firstIndex(of: ":") else { throw malformed }
        var parts: [IPSet.Part] = []
        for part in type[type.index(after: colon)...].split(separator: ",") {
            switch part {
            case "ip", "net": parts.append(.address)
            case "port": parts.append(.port)
            case "mac": parts.append(.hardware)
            case "mark": parts.append(.mark)
            case "iface": parts.append(.interface)
            case "set": parts.append(.list)
            default: throw malformed
            }
        }
        var set = IPSet(parts: parts)
        var draft = elements[name] ?? IpsetElements()
        while let option = words.take() {
            switch option {
            case "family": set.family = words.take() == "inet6" ? .v6 : .v4
            case "netmask":
                guard let length = words.take().flatMap({ Int($0) }) else { throw malformed }
                draft.netmask = length
            case "timeout": draft.expires = words.take() != "0"
            case "bitmask", "markmask":
                set.members.unknown = Unknown(.hidden, "ipset \(name) with a mask")
                _ = words.take()
            default: break
            }
        }
        sets[name] = set
        elements[name] = draft
    }

    private mutating func add(
        _ element: String, to name: String, _ words: inout XtablesLine
    ) throws(PacketFilterError) {
        guard let set = sets[name] else { throw malformed }
        // Taken out, because a copy of the draft would make each element copy all of them.
        var draft = elements.removeValue(forKey: name) ?? IpsetElements()
        defer { elements[name] = draft }
        var expires = draft.expires
        var isExcluded = false
        while let option = words.take() {
            if option == "timeout" { expires = words.take() != "0" }
            if option == "nomatch" { isExcluded = true }
        }
        if set.parts == [.list] {
            lists[name, default: []].append(element)
            return
        }
        guard let key = IpsetElements.key(element, set, netmask: draft.netmask) else {
            throw malformed
        }
        draft.add(key, expires: expires, isExcluded: isExcluded)
    }

    private mutating func finish() {
        for (name, draft) in elements {
            sets[name]?.members.members = draft.members
            sets[name]?.members.passing = draft.passing
            if draft.isMixed {
                sets[name]?.members.unknown = Unknown(.hidden, "exceptions of ipset \(name)")
            }
        }
        var room = IpsetReader.listedLimit
        for (name, members) in lists.sorted(by: { $0.key < $1.key }) {
            // A list asks its members in turn; those of one kind are their union.
            let known = Set(members).sorted().compactMap { sets[$0] }
            room -= known.reduce(0) { $0 + $1.members.count }
            guard let first = known.first, known.count == Set(members).count, room >= 0,
                known.allSatisfy({ $0.parts == first.parts && $0.family == first.family })
            else {
                sets[name]?.members.unknown = Unknown(.hidden, "list of sets \(name)")
                continue
            }
            var whole = first
            whole.members.members = ValueSet(joining: known.map(\.members.members))
            whole.members.passing = ValueSet(joining: known.map(\.members.passing))
            whole.members.unknown = known.compactMap(\.members.unknown).first
            sets[name] = whole
        }
    }
}

extension NamedSet {
    /// How many ranges and keys of several parts it has.
    fileprivate var count: Int {
        [members, passing].reduce(0) { $0 + $1.numbers.ranges.count + $1.tuples.count }
    }
}

extension ValueSet {
    /// The keys of all these sets.
    fileprivate init(joining sets: [ValueSet]) {
        self.init(
            IntervalSet(sets.flatMap(\.numbers.ranges)), tuples: sets.flatMap(\.tuples))
    }
}
