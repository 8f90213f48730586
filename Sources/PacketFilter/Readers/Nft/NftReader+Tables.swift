extension NftReader {
    /// `table [family] name [{ … }]`, after the first word.
    mutating func addTable() throws(NftError) {
        let family = try family()
        let name = try identifier()
        if ruleset.index(of: name, family) == nil {
            ruleset.tables.append(FilterTable(family, name))
        }
        let index = try table(name, family, tokens.place)
        guard try take(sign: "{") else { return }
        let variables = tokens.variables
        var hasComment = false
        while true {
            let token = try tokens.peek()
            if token.isSeparator {
                _ = try tokens.next()
                continue
            }
            if try take(sign: "}") { break }
            if token.isWord("comment") {
                if hasComment { try refuse(token.place, "a second comment") }
                hasComment = true
            }
            try readTableItem(index)
        }
        tokens.variables = variables
    }

    private mutating func readTableItem(_ table: Int) throws(NftError) {
        if try readCommon() { return }
        let token = try tokens.next()
        guard token.kind == .word else {
            throw NftError(.refused, token.place, "a table with something odd in it")
        }
        switch token.text {
        case "flags": try readTableFlags(table)
        case "comment": _ = try text(longest: 127)
        case "chain": try readChain(table)
        case "set": try readSet(table, isMap: false)
        case "map": try readSet(table, isMap: true)
        case "flowtable", "counter", "quota", "limit", "secmark", "synproxy", "tunnel", "ct":
            try readObject(token, table)
        default:
            throw NftError(.refused, token.place, "a table with something odd in it")
        }
        try endStatement()
    }

    private mutating func readTableFlags(_ table: Int) throws(NftError) {
        repeat {
            let flag = try tokens.next()
            switch flag.text {
            case "dormant": ruleset.tables[table].isDormant = true
            case "owner", "persist": doubt(flag.place, "a table that has an owner")
            default: throw NftError(.refused, flag.place, "a flag that tables do not have")
            }
        } while try take(sign: ",")
    }

    /// `chain family table name [{ … }]`, after the first word.
    mutating func addChain() throws(NftError) {
        let (family, tableName) = (try family(), try identifier())
        let index = try table(tableName, family, tokens.place)
        try readChain(index)
    }

    /// `name [{ … }]` of a chain.
    private mutating func readChain(_ table: Int) throws(NftError) {
        let name = try identifier()
        let known = index(ofChain: name, in: table)
        let chain = known ?? ruleset.tables[table].chains.count
        let isNew = known == nil
        if isNew {
            ruleset.tables[table].chains.append(FilterChain(name))
            chainPlaces[table]?[name] = chain
        }
        guard try take(sign: "{") else { return }
        let index = ChainIndex(table: table, chain: chain)
        let variables = tokens.variables
        var draft = NftChainDraft()
        while true {
            if try tokens.peek().isSeparator {
                _ = try tokens.next()
                continue
            }
            if try take(sign: "}") { break }
            try readChainItem(index, &draft)
        }
        tokens.variables = variables
        draft.isNew = isNew
        try finish(draft, index)
    }

    private mutating func finish(
        _ draft: NftChainDraft, _ index: ChainIndex
    ) throws(NftError) {
        guard var base = draft.base else {
            if draft.accepts != nil, chain(index).base == nil {
                try refuse(tokens.place, "a policy of a chain that has none")
            }
            if !draft.devices.isEmpty { doubt(tokens.place, "devices of a chain without a hook") }
            if let accepts = draft.accepts, let old = chain(index).base {
                var changed = old
                changed.accepts = accepts
                ruleset.tables[index.table].chains[index.chain].base = changed
            }
            return
        }
        base.accepts = draft.accepts ?? chain(index).base?.accepts ?? true
        base.devices += draft.devices
        let family = ruleset.tables[index.table].family
        if !draft.isNew {
            let old = chain(index).base
            if old?.hook != base.hook || old?.kind != base.kind || old?.priority != base.priority {
                doubt(tokens.place, "a chain that is changed into another")
            }
        }
        try check(base, family, tokens.place)
        if base.accepts == false, base.kind == .route { doubt(tokens.place, "a policy of a route") }
        if base.kind == .nat, base.priority <= -200, family != .bridge {
            // Before conntrack there is nothing to translate; the kernel refuses.
            throw NftError(.refused, tokens.place, "a nat chain before conntrack")
        }
        if base.hook == .ingress || base.hook == .egress, base.devices.isEmpty {
            throw NftError(.refused, tokens.place, "a device chain without a device")
        }
        for device in base.devices { try requireInterface(device, tokens.place) }
        ruleset.tables[index.table].chains[index.chain].base = base
    }

    private func chain(_ index: ChainIndex) -> FilterChain {
        ruleset.tables[index.table].chains[index.chain]
    }

    private mutating func readChainItem(
        _ index: ChainIndex, _ draft: inout NftChainDraft
    ) throws(NftError) {
        if try readCommon() { return }
        let token = try tokens.next()
        guard token.kind != .end else {
            throw NftError(.refused, token.place, "a chain that nothing closes")
        }
        switch token.text {
        case "type" where token.kind == .word:
            if draft.base != nil { doubt(token.place, "a second hook") }
            draft.base = try readHook(index.table)
        case "policy" where token.kind == .word:
            let policy = try tokens.next()
            guard policy.isWord("accept") || policy.isWord("drop") else {
                throw NftError(.refused, policy.place, "a policy that chains do not have")
            }
            if draft.accepts != nil {
                throw NftError(.refused, policy.place, "a second policy")
            }
            draft.accepts = policy.text == "accept"
        case "flags" where token.kind == .word:
            doubt(token.place, "flags of a chain")
            _ = try name()
        case "comment" where token.kind == .word:
            if draft.hasComment { try refuse(token.place, "a second comment") }
            draft.hasComment = true
            _ = try text(longest: 127)
        case "devices" where token.kind == .word:
            draft.devices += try readDevices()
        default:
            tokens.putBack(token)
            let rule = try readRule(index)
            ruleset.tables[index.table].chains[index.chain].rules.append(rule)
        }
        try endStatement()
    }

    /// `filter hook input [device eth0] priority filter`, after `type`.
    private mutating func readHook(_ table: Int) throws(NftError) -> BaseChain {
        let kind = try tokens.next()
        guard let kind = BaseChain.Kind(rawValue: kind.text), try take(word: "hook") else {
            throw NftError(.refused, kind.place, "a type that chains do not have")
        }
        let hookName = try tokens.next()
        guard let hook = Hook(rawValue: hookName.text) else {
            throw NftError(.refused, hookName.place, "a hook that chains do not have")
        }
        var devices: [String] = []
        if try take(word: "device") {
            let device = try string()
            if device.isVariable { doubt(device.place, "a variable where a device belongs") }
            devices = [device.text]
        }
        if try take(word: "devices") { devices = try readDevices() }
        let word = try tokens.next()
        guard word.isWord("priority") else {
            throw NftError(.refused, word.place, "a base chain without a priority")
        }
        let priority = try readPriority(ruleset.tables[table].family, hook)
        return BaseChain(kind, hook, priority: priority, devices: devices)
    }

    mutating func readDevices() throws(NftError) -> [String] {
        try expect(sign: "=")
        try expect(sign: "{")
        var devices: [String] = []
        while try !take(sign: "}") {
            let device = try string()
            devices.append(device.text)
            var (isLast, isCut) = (true, false)
            while try take(sign: ",") {
                isLast = false
                // Behind a comma a line may end, and then no device follows.
                isCut = try tokens.peek().kind == .newline
                try skipNewline()
            }
            if isLast || isCut {
                try expect(sign: "}")
                break
            }
        }
        if Set(devices).count != devices.count || devices.isEmpty {
            doubt(tokens.place, "devices that are named twice")
        }
        return devices
    }

    mutating func readPriority(
        _ family: FilterTable.Family, _ hook: Hook?
    ) throws(NftError) -> Int {
        if try take(sign: "-") { return -(try integer()) }
        let token = try tokens.next()
        if let number = CNumber.small(token.text) ?? Int(token.text), Int32(exactly: number) != nil
        {
            if String(number) != token.text { doubt(token.place, "a number") }
            return number
        }
        if CNumber.value(of: token.text) != nil {
            // nft keeps 32 bits of it.
            throw NftError(.notUnderstood, token.place, "a priority that is too large")
        }
        let places: [String: Hook] = ["dstnat": .prerouting, "srcnat": .postrouting]
        if family == .netdev || family == .arp || hook == .ingress {
            if token.text != "filter" { doubt(token.place, "a priority of another family") }
        } else if let place = places[token.text], family != .bridge, place != hook {
            doubt(token.place, "a priority of another hook")
        } else if family == .bridge, token.text != "filter" {
            doubt(token.place, "a priority of another hook")
        } else if token.text == "raw" || token.text == "mangle" || token.text == "security" {
            if hook == nil { doubt(token.place, "a priority of another hook") }
        }
        guard token.kind == .word, let base = NftSymbols.priority(token.text, family) else {
            // `filter-10` is one word to the scanner, and no priority.
            throw NftError(.refused, token.place, "a priority that chains do not have")
        }
        if try take(sign: "+") { return base + (try integer()) }
        if try take(sign: "-") { return base - (try integer()) }
        return base
    }

    private mutating func integer() throws(NftError) -> Int {
        let token = try tokens.next()
        // The kernel keeps priorities in 32 bits, and nft sums of them.
        guard token.kind == .word, let number = CNumber.small(token.text) else {
            throw NftError(.refused, token.place, "no number where one belongs")
        }
        guard Int32(exactly: number) != nil else {
            throw NftError(.notUnderstood, token.place, "a priority that is too large")
        }
        if String(number) != token.text { doubt(token.place, "a number") }
        return number
    }

    /// Notes that a file is refused where this interface is not there when it is loaded.
    mutating func requireInterface(_ name: String, _ place: SourcePlace) throws(NftError) {
        guard mode == .file, name.utf8.last != UInt8(ascii: "*") else { return }
        switch presence(name) {
        case .present: break
        case .absent:
            throw NftError(.refused, place, "an interface that is not there when it is loaded")
        case .unknown:
            doubts.append(
                LoadProblem(place, "an interface that may not be there when it is loaded"))
        }
    }
}

/// What the head of a chain has said so far.
struct NftChainDraft {
    var isNew = true
    var base: BaseChain?
    var accepts: Bool?
    var devices: [String] = []
    var hasComment = false
}
