package import Facts
package import PacketFilter
package import Site

/// The way of one packet through a host's firewall: what runs, and what the next boot brings.
package struct PacketWays {
    let question: String
    let ways: [PacketWay]

    /// Follows a packet that a question names.
    package init(
        of host: some HostView, _ question: String, declared: SiteFile
    ) throws(PacketQuestion.Mistake) {
        let asked = try PacketQuestion(question)
        let layers = HostFirewall.unexamined(of: host, declared: declared)
        let policy = FlowPolicy(declared.firewall)
        let inside = Set(declared.interfaces?.inside ?? [])
        self.question = question
        ways = layers.map { layer in
            let isSeen = layer.layer == .running && layer.gaps.isEmpty
            return PacketWay(
                layer, asked, declared: policy, inside: inside,
                sockets: isSeen ? HostSockets(of: host) : nil)
        }
    }

    /// Whether something is known about a layer at least.
    package var isKnown: Bool {
        ways.contains { way in
            way.outcomes.contains { outcome in
                if case .notDecided = outcome { return false }
                return true
            }
        }
    }

    /// The ways for a person, a line for each thing that happens.
    package var lines: [String] {
        var lines: [String] = []
        for (index, way) in ways.enumerated() {
            if index > 0 { lines.append("") }
            lines += way.lines
        }
        return lines.map { Readable.text($0) }
    }
}

extension PacketWay {
    /// Layer by layer, where and why it ends, then what happens before.
    fileprivate var lines: [String] {
        let title =
            switch layer {
            case .running: "now"
            case .configured: "at the next boot"
            }
        if let gap {
            let object = gap.object.map { "\($0): " } ?? ""
            return ["\(title): not known", "  \(object)\(gap.sentence) (\(gap.code.rawValue))"]
        }
        var lines: [String] = []
        for (index, outcome) in outcomes.enumerated() {
            let which =
                outcomes.count > 1
                ? "\(title), if the loaders do as in case \(index + 1) of \(outcomes.count)" : title
            lines += self.lines(outcome, which)
        }
        return lines
    }

    private func lines(_ outcome: Outcome, _ title: String) -> [String] {
        switch outcome {
        case .neverArrives(let reason):
            return ["\(title): does not arrive", "  \(reason)"] + remarkLines
        case .notDecided(let code):
            return ["\(title): not known", "  the rules cannot be decided (\(code.rawValue))"]
        case .followed(let explanation):
            return [
                "\(title): \(Self.ending(explanation))", "  packet: \(explanation.packet.text)",
            ]
                + remarkLines + Self.reasons(explanation) + listenerLines(explanation)
                + Self.way(explanation.steps).map { "  " + $0 }
        }
    }

    private static func way(_ steps: [Explanation.Step]) -> [String] {
        let isFiltered = steps.contains { step in
            if case .enters = step.event { return true }
            return false
        }
        return WayWriter(steps).lines + (isFiltered ? [] : ["no rule sees it"])
    }

    private var remarkLines: [String] { remarks.map { "  note: \($0)" } }

    private static func ending(_ explanation: Explanation) -> String {
        switch explanation.end {
        case .delivered: "gets in"
        case .forwarded: "gets through the host"
        case .dropped, .notForwarded, .noWay: "does not get in"
        case .undecided: "may get in"
        }
    }

    private static func reasons(_ explanation: Explanation) -> [String] {
        var lines: [String] = []
        switch explanation.end {
        case .delivered, .forwarded: break
        case .dropped(let decider): lines.append("  ends at: \(decider.text)")
        case .notForwarded:
            lines.append(
                "  ends at: it is not for this host, and the kernel forwards nothing there")
        case .noWay: lines.append("  ends at: it is not for this host, and no way leads on")
        case .undecided(let unknowns):
            let names = unknowns.map(\.name).joined(separator: "; ")
            lines.append(
                names.isEmpty
                    ? "  hangs on: whether an interface comes by which it can"
                    : "  hangs on: \(names)")
        }
        switch explanation.end {
        case .delivered, .forwarded, .undecided:
            lines.append("  declared: \(explanation.declaredBy ?? "by nobody")")
        case .dropped, .notForwarded, .noWay: break
        }
        if explanation.othersDiffer {
            lines.append("  note: not every packet that fits fares so; say more of it to be sure")
        }
        return lines
    }

    private func listenerLines(_ explanation: Explanation) -> [String] {
        guard layer == .running, explanation.end == .delivered,
            explanation.packet.destinationPort != nil
        else { return [] }
        return ["  listens: \(listener ?? "nothing that was seen")"]
    }
}

/// Writes what happens to a packet, chains below the rules that lead to them.
private struct WayWriter {
    private(set) var lines: [String] = []
    /// The chains that the packet is in, the base chain first.
    private var chains: [String] = []
    /// The chain that the last rule leads to.
    private var next: String?
    /// What was said to decide.
    private var told: Set<Unknown> = []

    init(_ steps: [Explanation.Step]) {
        for step in steps { add(step) }
    }

    private mutating func add(_ step: Explanation.Step) {
        let isSure = step.hangsOn.isEmpty
        // What was told to decide above decides below as well.
        let new = step.hangsOn.filter { told.insert($0).inserted }.map(\.name)
        let hangs = new.isEmpty ? "" : "  [hangs on: \(new.joined(separator: "; "))]"
        guard let decider = step.decider else {
            lines.append(step.event == .routed ? "it is passed on" : "it is for this host")
            return
        }
        if case .enters(let hook, let priority) = step.event {
            chains = [decider.chain]
            next = nil
            lines.append("\(hook.rawValue), priority \(priority): \(decider.chainText)")
            return
        }
        if decider.chain == next {
            chains.append(decider.chain)
        } else {
            while chains.count > 1, chains.last != decider.chain { chains.removeLast() }
        }
        next = nil
        let indent = String(repeating: "  ", count: max(chains.count, 1))
        let what = decider.ruleText
        switch step.event {
        case .goes(let name):
            next = name
            lines.append("\(indent)\(isSure ? "goes" : "may go") to \(name): \(what)\(hangs)")
        case .policy(let accepts):
            let verb: Explanation.Step.Event = accepts ? .accepted : .dropped
            lines.append("\(indent)\(verb.verb(isSure: isSure)): policy\(hangs)")
        case .accepted, .dropped, .returned, .changed, .matches:
            lines.append("\(indent)\(step.event.verb(isSure: isSure)): \(what)\(hangs)")
        case .enters, .delivered, .routed: break
        }
    }
}

extension Explanation.Step.Event {
    /// What it is called, in text and in JSON.
    var word: String {
        switch self {
        case .enters: "enters"
        case .accepted: "accepts"
        case .dropped: "drops"
        case .returned: "returns"
        case .goes: "goes"
        case .changed: "changes"
        case .matches: "matches"
        case .policy: "policy"
        case .delivered: "is for this host"
        case .routed: "is passed on"
        }
    }

    // An infinitive that an `s` makes a third person.
    fileprivate func verb(isSure: Bool) -> String {
        let verb =
            switch self {
            case .accepted: "accept"
            case .dropped: "drop"
            case .returned: "return"
            case .changed: "change"
            case .enters, .goes, .matches, .policy, .delivered, .routed: "match"
            }
        guard isSure else { return "may \(verb)" }
        return verb == "match" ? "matches" : verb + "s"
    }
}

extension Decider {
    fileprivate var chainText: String {
        (engine == .legacy ? "legacy " : "") + "\(family.rawValue) \(table) \(chain)"
    }

    fileprivate var ruleText: String {
        var text = rule ?? "policy"
        if let handle { text += " # handle \(handle)" }
        if let place { text += " # \(place)" }
        return text
    }
}
