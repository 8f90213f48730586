import PacketFilter

/// Answers, for given rules and packets, what the model says about each packet.
///
/// Standard input is a list of lines: `interface`, `route` and `forward` describe the host, `nft`,
/// `xtables` and `ipset` are followed by as many lines of a document as they say, `link`, `ipset-name` and
/// `kernel` give a dump of the kernel, `packet` asks. `against` keeps what was analysed and begins anew;
/// `compare` says whether both let in the same packets, for certain and possibly.
@main
struct Oracle {
    private var network = HostNetwork()
    private var ruleset = Ruleset()
    private var analysis: FirewallAnalysis?
    private var other: FirewallAnalysis?
    private var names = KernelNames()
    private var problem: String?

    static func main() {
        var oracle = Oracle()
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            guard let verb = words.first else { continue }
            oracle.take(verb, Array(words.dropFirst()))
        }
    }

    private mutating func take(_ verb: String, _ words: [String]) {
        switch verb {
        case "reset": self = Oracle()
        case "interface": network.interfaces.append(Oracle.interface(words))
        case "route":
            if let prefix = Prefix(words[0]) {
                network.routes.append(Route(prefix, interface: words[1]))
            }
        case "nft": readNft(Oracle.document(words[0]))
        case "file": readFile(Oracle.document(words[0]))
        case "xtables":
            readXtables(
                Oracle.document(words[2]), words[0] == "4" ? .v4 : .v6,
                words[1] == "legacy" ? .legacy : .nftables)
        case "ipset": readIpset(Oracle.document(words[0]))
        case "link":
            names.links[UInt32(words[0]) ?? 0] = KernelLink(
                words[1], type: UInt16(words[2]) ?? 1)
        case "ipset-name": names.ipsets[UInt16(words[0]) ?? 0] = words[1]
        case "kernel": readKernel(words[0])
        case "accept": accept(words)
        case "analyse": analyse()
        case "against": (other, analysis, ruleset) = (analysis, nil, Ruleset())
        case "compare": compare()
        case "packet": answer(words)
        case "explain": explain()
        case "rules": printRules()
        default: print("error unknown verb \(verb)")
        }
    }

    private static func document(_ count: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<(Int(count) ?? 0) {
            bytes += (readLine() ?? "").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// `eth0 4=1 6=1 192.0.2.1/24 …`.
    private static func interface(_ words: [String]) -> NetworkInterface {
        var interface = NetworkInterface(words[0], isLoopback: words[0] == "lo")
        for word in words.dropFirst() {
            switch word {
            case "forward": (interface.forwards4, interface.forwards6) = (true, true)
            case "localnet": interface.routesLocalnet = true
            default:
                if let address = InterfaceAddress(word) { interface.addresses.append(address) }
            }
        }
        return interface
    }

    private mutating func readNft(_ bytes: [UInt8]) {
        do {
            try ruleset.read(nftListing: bytes, links: Array(names.links.values))
        } catch {
            problem = "\(error)"
        }
    }

    private mutating func readFile(_ bytes: [UInt8]) {
        switch ruleset.loading(
            nftFile: bytes, path: "file", presence: { _ in .present }, include: { _ in .missing })
        {
        case .loaded(let rules): ruleset = rules
        case .refused(_, let why): problem = "refused \(why.place) \(why.message)"
        case .unclear(let doubts):
            problem = "unclear \(doubts.first.map { "\($0.place) \($0.message)" } ?? "")"
        case .doubtful(let rules, _, let doubts):
            guard let rules else {
                problem = "refused at one of several places"
                return
            }
            ruleset = rules
            for doubt in doubts { print("doubt \(doubt.place) \(doubt.message)") }
        }
    }

    private mutating func readXtables(
        _ bytes: [UInt8], _ family: Address.Family, _ engine: FilterTable.Engine
    ) {
        do {
            try ruleset.read(xtablesListing: bytes, family: family, engine: engine)
        } catch {
            problem = "\(error)"
        }
    }

    private mutating func readKernel(_ hex: String) {
        var bytes: [UInt8] = []
        var digits = hex.utf8.makeIterator()
        while let high = digits.next(), let low = digits.next() {
            bytes.append(
                UInt8(Character(Unicode.Scalar(high)).hexDigitValue ?? 0) << 4
                    | UInt8(Character(Unicode.Scalar(low)).hexDigitValue ?? 0))
        }
        do {
            let opaque = try ruleset.read(kernelDump: KernelDump(bytes), names: names)
            for table in opaque {
                print("opaque \(table.family.rawValue) \(table.table) \(table.names.sorted())")
            }
        } catch {
            problem = "kernel \(error)"
        }
    }

    private mutating func readIpset(_ bytes: [UInt8]) {
        do { try ruleset.read(ipsetListing: bytes) } catch { problem = "\(error)" }
    }

    /// Says what a loader makes of a file: `nft`, `ipset`, or a program and its engine.
    private func accept(_ words: [String]) {
        let bytes = Oracle.document(words[1])
        let outcome: LoadOutcome
        let program = words[0].split(separator: "-").map(String.init)
        let names = Set(network.interfaces.map(\.name))
        switch program[0] {
        case "nft":
            outcome = ruleset.loading(
                nftFile: bytes, path: "file",
                presence: { names.contains($0) ? .present : .absent }, include: { _ in .missing })
        case "ipset": outcome = Ruleset().loading(ipsetFile: bytes, path: "file")
        default:
            outcome = ruleset.loading(
                xtablesFile: bytes, path: "file", family: program[0] == "iptables" ? .v4 : .v6,
                engine: program[1] == "legacy" ? .legacy : .nftables)
        }
        switch outcome {
        case .loaded: print("accept loaded")
        case .refused(_, let why): print("accept refused \(why.place) \(why.message)")
        case .doubtful(_, _, let doubts), .unclear(let doubts):
            let why = doubts.map { "\($0.place) \($0.message)" }.joined(separator: ", ")
            print("accept doubtful \(why)")
        }
    }

    private mutating func analyse() {
        do {
            let analysis = try FirewallAnalysis(
                ruleset, on: network, arena: other?.space.arena ?? DiagramArena())
            self.analysis = analysis
            var hidden: Set<String> = []
            for direction in [Direction.input, .forward] {
                let packets = try analysis.packets(direction)
                for unknown in analysis.space.unknowns(deciding: packets)
                where unknown.kind == .hidden {
                    hidden.insert(unknown.name)
                }
            }
            print("analysed \(analysis.space.arena.nodeCount) hidden \(hidden.sorted())")
        } catch {
            problem = "\(error)"
        }
        if let problem { print("error \(problem)") }
    }

    /// `id field=number …`; addresses are texts.
    private func answer(_ words: [String]) {
        guard let analysis else { return print("answer \(words[0]) error") }
        do {
            let values = try Oracle.bits(Array(words.dropFirst()), analysis.space)
            let input = try Oracle.verdict(analysis, .input, values)
            let forward = try Oracle.verdict(analysis, .forward, values)
            print("answer \(words[0]) \(input) \(forward)")
        } catch {
            print("answer \(words[0]) error")
        }
    }

    private static func verdict(
        _ analysis: FirewallAnalysis, _ direction: Direction, _ values: [Int: Bool]
    ) throws -> String {
        let rest = try analysis.space.arena.restrict(analysis.packets(direction), to: values)
        return rest == .all ? "in" : rest == .none ? "out" : "maybe"
    }

    private static func bits(_ words: [String], _ space: PacketSpace) throws -> [Int: Bool] {
        var values: [Int: Bool] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2,
                let field = Field.allCases.first(where: { "\($0)" == parts[0] })
            else {
                print("error field \(word)")
                continue
            }
            let number: UInt128
            if let address = Address(parts[1]) {
                number = address.family == .v4 ? address.number << 96 : address.number
            } else if field == .input {
                number = UInt128(space.interfaces.number(of: parts[1]) ?? 0)
            } else {
                number = UInt128(parts[1]) ?? 0
            }
            for (place, variable) in space.variables(of: field).reversed().enumerated() {
                values[variable] = number >> UInt128(place) & 1 == 1
            }
        }
        return values
    }

    private func printRules() {
        for table in ruleset.tables {
            for chain in table.chains {
                for rule in chain.rules { print("rule", chain.name, rule.handle ?? 0, rule.text) }
            }
        }
    }

    private func explain() {
        guard let analysis else { return }
        do {
            for direction in [Direction.input, .forward] {
                for flow in try analysis.flows(direction, declared: [], icmp: .essential) {
                    print(
                        direction, flow.isCertain ? "certain" : "possible",
                        flow.declaredBy ?? "-", flow.text, "|", flow.decider?.text ?? "-")
                }
            }
        } catch {
            print("error \(error)")
        }
    }

    private func compare() {
        guard let analysis, let other else { return print("error nothing to compare") }
        guard analysis.space.interfaces == other.space.interfaces else {
            return print("error other interfaces")
        }
        do {
            for direction in [Direction.input, .forward] {
                let (one, two) = (try analysis.bounds(direction), try other.bounds(direction))
                print(
                    "equal", direction, one.certain == two.certain,
                    one.possible == two.possible)
            }
        } catch {
            print("error \(error)")
        }
    }
}
