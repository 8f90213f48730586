/// Reads what `ipset save` prints, and files for `ipset restore`.
struct IpsetReader {
    /// How a document is meant.
    enum Mode: Hashable {
        /// What the kernel has.
        case listing
        /// A file, carried out line by line; where it is not sure that a line is, that is a doubt.
        case file(path: String)
    }

    /// Why a line is not carried out.
    struct Failure: Error, Hashable {
        /// `ipset` refuses it; what is in the lines before it is there.
        var isCertain: Bool
        var message: String

        static func refused(_ message: String) -> Failure {
            Failure(isCertain: true, message: message)
        }

        static func notUnderstood(_ message: String) -> Failure {
            Failure(isCertain: false, message: message)
        }
    }

    let mode: Mode
    private(set) var sets: [String: IPSet] = [:]
    private(set) var doubts: [LoadProblem] = []
    /// Everything that the file does was carried out; otherwise nothing is known of its sets.
    private(set) var isFollowed = true
    private var elements: [String: IpsetElements] = [:]
    private var traits: [String: IpsetTraits] = [:]
    /// Members of lists of sets.
    private var lists: [String: [String]] = [:]
    private var line = 0
    private var mayExist = false

    /// A reader for sets that are there already.
    init(_ mode: Mode = .listing, sets: [String: IPSet] = [:]) {
        self.mode = mode
        if mode != .listing { self.sets = sets }
    }

    /// The keys that all lists of sets may have together; each can have those of every set.
    private static let listedLimit = 4_000_000

    /// Reads all lines; one that cannot be read throws `malformed` with its number.
    mutating func read(_ bytes: [UInt8]) throws(PacketFilterError) {
        do throws(Failure) {
            try readLines(bytes)
        } catch {
            throw PacketFilterError(.malformed, "line \(line)")
        }
        finish()
    }

    /// Carries the lines of a file out; the line that is refused, if one is.
    mutating func load(_ bytes: [UInt8]) -> LoadProblem? {
        var problem: LoadProblem?
        do throws(Failure) {
            try readLines(bytes)
        } catch {
            problem = LoadProblem(place, error.message)
            if !error.isCertain { isFollowed = false }
        }
        finish()
        return problem
    }

    private var place: SourcePlace {
        if case .file(let path) = mode { return SourcePlace(file: path, line: line) }
        return SourcePlace(file: "sets", line: line)
    }

    private mutating func readLines(_ bytes: [UInt8]) throws(Failure) {
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            guard part.count < 1 << 16, let words = XtablesLine(part) else {
                throw .notUnderstood("a line that is too long or open")
            }
            do throws(Failure) {
                try read(words, part)
            } catch {
                if mode == .listing || error.isCertain { throw error }
                doubt(error.message)
                forget(words)
            }
        }
    }

    /// What the line would have done is not known.
    private mutating func forget(_ words: XtablesLine) {
        var words = words
        words.remove(IpsetReader.existing)
        let isElement = words.next.map(IpsetReader.additions.contains) ?? false
        guard isElement, words.words.count > 1, sets[words.words[1]] != nil else {
            isFollowed = false
            return
        }
        let unknown = Unknown(.hidden, "line \(line) of ipset's file")
        sets[words.words[1]]?.members.unknown = unknown
    }

    private static let additions: Set<String> = ["add", "-A"]
    /// Words that may stand anywhere in a line: what is there already is no error.
    private static let existing: Set<String> = ["-exist", "-!"]

    private mutating func doubt(_ message: String) {
        guard mode != .listing, doubts.count < 1000 else { return }
        doubts.append(LoadProblem(place, message))
    }

    private mutating func read(
        _ words: XtablesLine, _ text: ArraySlice<UInt8>
    ) throws(Failure) {
        var words = words
        if let first = words.next, IpsetReader.existing.contains(first) {
            doubt("an option before a command")
        }
        // Wherever it stands, it holds for the lines that follow as well.
        let hasOption = words.remove(IpsetReader.existing)
        if hasOption { mayExist = true }
        guard let verb = words.take() else {
            if hasOption { doubt("a line of an option alone") }
            return
        }
        if verb.hasPrefix("#") { return }
        if text.first == 0x20 || text.first == 0x09 || text.contains(0x0D)
            || XtablesLine.isAmbiguous(text) || text.count > 1000
        {
            doubt("signs that are read in more than one way")
        }
        switch verb {
        case "create", "-N", "n", "new":
            guard let name = words.take(), let type = words.take() else {
                throw .refused("a set without a type")
            }
            try create(name, type, &words, mayExist: mayExist)
        case "add", "-A":
            guard let name = words.take(), let element = words.take() else {
                throw .refused("an element of no set")
            }
            try add(element, to: name, &words, mayExist: mayExist)
        case "flush", "-F":
            guard let name = words.take() else {
                elements = elements.mapValues(\.emptied)
                lists = [:]
                return
            }
            if mode != .listing, sets[name] == nil { throw .refused("a set that does not exist") }
            elements[name] = elements[name]?.emptied
            lists[name] = nil
            if mode != .listing { doubt("the command 'flush'") }
        case "destroy", "-X":
            doubt("the command 'destroy'")
            destroy(words.take())
        case "list", "-L", "save", "-S", "test", "-T": doubt("a command that only asks")
        case "COMMIT": doubt("the command 'COMMIT'")
        default: throw .notUnderstood("a command that is not known")
        }
    }

    /// Takes a set away; all sets where none is named.
    private mutating func destroy(_ name: String?) {
        guard let name else {
            (sets, elements, traits, lists) = ([:], [:], [:], [:])
            return
        }
        sets[name] = nil
        elements[name] = nil
        traits[name] = nil
        lists[name] = nil
    }

    private mutating func create(
        _ name: String, _ type: String, _ words: inout XtablesLine, mayExist: Bool
    ) throws(Failure) {
        let known = IpsetTraits.oldNames[type]
        if known != nil { doubt("the old name of a type") }
        let type = known ?? type
        guard let colon = type.firstIndex(of: ":") else { throw .notUnderstood("a type of a set") }
        var parts: [IPSet.Part] = []
        for part in type[type.index(after: colon)...].split(separator: ",") {
            switch part {
            case "ip", "net": parts.append(.address)
            case "port": parts.append(.port)
            case "mac": parts.append(.hardware)
            case "mark": parts.append(.mark)
            case "iface": parts.append(.interface)
            case "set": parts.append(.list)
            default: throw .notUnderstood("a type of a set")
            }
        }
        var set = IPSet(parts: parts)
        var draft = elements[name] ?? IpsetElements()
        var traits = IpsetTraits(type)
        let exists = sets[name] != nil
        while let option = words.take() {
            if !traits.take(option, words.next, draft) { doubt("an option of a set") }
            switch option {
            case "family": set.family = words.take() == "inet6" ? .v6 : .v4
            case "netmask":
                guard let length = words.take().flatMap({ CNumber.small($0) }) else {
                    throw .refused("a netmask that is no number")
                }
                draft.netmask = length
            case "timeout": draft.expires = words.take().flatMap { CNumber.value(of: $0) } != 0
            case "bitmask", "markmask":
                set.members.unknown = Unknown(.hidden, "ipset \(name) with a mask")
                _ = words.take()
            case "hashsize", "maxelem", "range", "size", "bucketsize", "initval":
                _ = words.take()
            default: break
            }
        }
        if !traits.isSound || !IpsetTraits.isName(name) { doubt("a set that says something odd") }
        if mode != .listing, exists {
            guard mayExist else { throw .refused("a set that there is already") }
            doubt("a set that there may be already")
        }
        sets[name] = set
        elements[name] = draft
        self.traits[name] = traits
    }

    private mutating func add(
        _ element: String, to name: String, _ words: inout XtablesLine, mayExist: Bool
    ) throws(Failure) {
        guard let set = sets[name] else { throw .refused("a set that does not exist") }
        // Taken out, because a copy of the draft would make each element copy all of them.
        var draft = elements.removeValue(forKey: name) ?? IpsetElements()
        defer { elements[name] = draft }
        var expires = draft.expires
        var isExcluded = false
        let traits = self.traits[name]
        while let option = words.take() {
            switch option {
            case "timeout":
                let time = words.take() ?? ""
                let seconds = CNumber.value(of: time)
                expires = seconds != 0
                let isSound = seconds.map { $0 <= 2_147_483 } ?? false
                if traits?.hasTimeout != true || !isSound { doubt("a timeout of an element") }
            case "nomatch":
                isExcluded = true
                if traits?.isOfNetworks != true { doubt("an exception of a set of no networks") }
            case "comment":
                let text = words.take() ?? ""
                if traits?.hasComments != true || !(1...255).contains(text.utf8.count) {
                    doubt("a comment of an element")
                }
            default: doubt("an option of an element")
            }
        }
        if set.parts == [.list] {
            if mode != .listing, sets[element] == nil || lists[name]?.contains(element) == true {
                doubt("a member of a list")
            }
            lists[name, default: []].append(element)
            return
        }
        guard let key = IpsetElements.key(element, set, netmask: draft.netmask) else {
            throw .notUnderstood("an element that is not known")
        }
        if mode != .listing {
            guard let traits else { throw .notUnderstood("a set of a type that is not known") }
            if !traits.takes(element, key) { doubt("an element that the set may not have") }
            if !draft.remember(key), !mayExist {
                throw .refused("an element that is there already")
            }
            draft.count += traits.count(of: key)
            if draft.count > traits.largest { doubt("more elements than a set has") }
        }
        draft.add(key, expires: expires, isExcluded: isExcluded)
    }

    private mutating func finish() {
        if mode != .listing {
            for (name, traits) in traits where !traits.isOfNetworks {
                if elements[name]?.overlaps == true { doubt("elements that overlap") }
            }
        }
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
