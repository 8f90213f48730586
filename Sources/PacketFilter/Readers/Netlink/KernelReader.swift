/// Reads a whole dump of nf_tables.
struct KernelReader {
    private(set) var tables: [FilterTable] = []
    private var places: [TableKey: Int] = [:]
    private var chains: [ChainKey: Int] = [:]
    private var rules: [(rule: KernelRule, chain: ChainKey)] = []
    private let names: KernelNames
    private let ipsets: [String: IPSet]
    private var sets: KernelSets
    private var setOrder: [KernelSetKey] = []
    private(set) var opaqueExtensions: [Int: Set<String>] = [:]
    private(set) var lists: [String: Address.Family] = [:]

    private static let messageLimit = 4_000_000

    private struct TableKey: Hashable {
        var family: UInt8
        var name: String
    }

    private struct ChainKey: Hashable {
        var table: Int
        var name: String
    }

    init(names: KernelNames, ipsets: [String: IPSet]) {
        self.names = names
        self.ipsets = ipsets
        sets = KernelSets(interfaces: KernelInterfaces(links: names.links))
    }

    /// Reads the messages in their order: the generation, the lists, the elements of each set, the
    /// generation.
    mutating func read(_ dump: KernelDump) throws(KernelError) {
        let messages = try dump.messages()
        guard messages.count <= KernelReader.messageLimit else { throw .tooLarge }
        guard let first = messages.first, let last = messages.last, messages.count > 1,
            try first.generation() == last.generation()
        else { throw .malformed }
        let lists: [KernelMessage.Kind] = [.table, .chain, .rule, .set]
        var list = 0
        for message in messages.dropFirst().dropLast() {
            guard let kind = message.kind else {
                list += 1
                continue
            }
            let expected = list < lists.count ? lists[list] : .elements
            guard kind == expected else { throw .malformed }
            switch kind {
            case .table: try takeTable(message)
            case .chain: try takeChain(message)
            case .rule: try takeRule(message)
            case .set: try takeSet(message)
            case .elements: try takeElements(message, of: list - lists.count)
            case .generation: throw .malformed
            }
        }
        guard list == lists.count + setOrder.count else { throw .malformed }
        try finish()
    }

    private mutating func finish() throws(KernelError) {
        var reader = KernelRuleReader(sets: sets, ipsetNames: names.ipsets, ipsets: ipsets)
        for (rule, key) in rules {
            guard let chain = chains[key] else { throw .malformed }
            let read = try reader.read(rule, of: tables[key.table].family, in: key.table)
            tables[key.table].chains[chain].rules += read
        }
        reader.sets.store(in: &tables)
        opaqueExtensions = reader.opaqueExtensions
        lists = reader.lists
    }

    private mutating func takeTable(_ message: KernelMessage) throws(KernelError) {
        let attributes = try KernelAttributes(message.content)
        let name = try attributes.requiredText(1)
        var table = FilterTable(try FilterTable.Family(number: message.family), name)
        let flags = try attributes.number32(2) ?? 0
        // NFT_TABLE_F_DORMANT, NFT_TABLE_F_OWNER, NFT_TABLE_F_PERSIST.
        guard flags & ~7 == 0 else { throw .malformed }
        table.isDormant = flags & 1 != 0
        let key = TableKey(family: message.family, name: name)
        guard places.updateValue(tables.count, forKey: key) == nil else { throw .malformed }
        tables.append(table)
    }

    private func table(_ message: KernelMessage, _ name: String) throws(KernelError) -> Int {
        guard let place = places[TableKey(family: message.family, name: name)] else {
            throw .malformed
        }
        return place
    }

    private mutating func takeChain(_ message: KernelMessage) throws(KernelError) {
        let attributes = try KernelAttributes(message.content)
        let place = try table(message, try attributes.requiredText(1))
        let name = try attributes.requiredText(3)
        let key = ChainKey(table: place, name: name)
        let count = tables[place].chains.count
        guard chains.updateValue(count, forKey: key) == nil else { throw .malformed }
        let base = try BaseChain(attributes, of: tables[place].family)
        tables[place].chains.append(FilterChain(name, base: base))
    }

    private mutating func takeRule(_ message: KernelMessage) throws(KernelError) {
        let rule = try KernelRule(message.content)
        let key = ChainKey(table: try table(message, rule.table), name: rule.chain)
        guard chains[key] != nil else { throw .malformed }
        rules.append((rule, key))
    }

    private mutating func takeSet(_ message: KernelMessage) throws(KernelError) {
        let attributes = try KernelAttributes(message.content)
        let place = try table(message, try attributes.requiredText(1))
        let set = try KernelSet(attributes)
        try sets.add(set, to: place)
        setOrder.append(KernelSetKey(table: place, name: set.name))
    }

    private mutating func takeElements(
        _ message: KernelMessage, of list: Int
    ) throws(KernelError) {
        guard setOrder.indices.contains(list) else { throw .malformed }
        let key = setOrder[list]
        let attributes = try KernelAttributes(message.content)
        guard try table(message, try attributes.requiredText(1)) == key.table,
            try attributes.requiredText(2) == key.name
        else { throw .malformed }
        // A set without elements is told without a list.
        guard let elements = attributes[3] else { return }
        try sets.update(key) { (set) throws(KernelError) in try set.take(elements: elements) }
    }
}

extension BaseChain {
    /// Nothing for a chain that packets enter only from others.
    init?(
        _ attributes: KernelAttributes, of family: FilterTable.Family
    ) throws(KernelError) {
        guard let place = try attributes.nested(4) else { return nil }
        guard let kind = Kind(rawValue: try attributes.requiredText(7)) else { throw .malformed }
        let hook = try Hook(number: try place.required32(1), of: family)
        let priority = Int(Int32(bitPattern: try place.required32(2)))
        // NF_DROP is 0, NF_ACCEPT 1.
        let policy = try attributes.required32(5)
        guard policy <= 1 else { throw .malformed }
        var devices: [String] = []
        for (type, name) in try place.nested(4)?.all ?? [] {
            guard let text = name.terminated else { throw .malformed }
            // The second kind is the beginning of names.
            guard type == 1 || type == 2 else { throw .malformed }
            devices.append(type == 1 ? text : text + "*")
        }
        if let device = try place.text(3), !devices.contains(device) { devices.append(device) }
        self.init(kind, hook, priority: priority, accepts: policy == 1, devices: devices)
    }
}

extension Hook {
    /// A place by the number that it has in its family (enum nf_inet_hooks, nf_dev_hooks,
    /// nf_arp.h).
    init(number: UInt32, of family: FilterTable.Family) throws(KernelError) {
        let hooks: [Hook] =
            switch family {
            case .ip, .ip6, .inet, .bridge:
                [.prerouting, .input, .forward, .output, .postrouting, .ingress]
            case .arp: [.input, .output, .forward]
            case .netdev: [.ingress, .egress]
            }
        guard number < hooks.count else { throw .malformed }
        self = hooks[Int(number)]
    }
}
