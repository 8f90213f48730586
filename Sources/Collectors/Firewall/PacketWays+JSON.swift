import Facts
import PacketFilter
package import StrictJSON

extension PacketWays {
    /// The ways for a program: a member that is not there is not known, or does not apply.
    package var json: JSONValue {
        .object([
            "packet": .string(question), "layers": .array(ways.map(\.json)),
        ])
    }
}

extension PacketWay {
    fileprivate var json: JSONValue {
        .object([
            "layer": .string(layer.rawValue), "notKnown": gap.map(Self.json),
            "remarks": remarks.isEmpty ? nil : .array(remarks.map { .string(Readable.text($0)) }),
            "ways": .array(outcomes.map(json)),
        ])
    }

    private static func json(_ gap: Gap) -> JSONValue {
        .object([
            "code": .string(gap.code.rawValue), "object": gap.object.map(JSONValue.string),
            "sentence": .string(gap.sentence),
        ])
    }

    private func json(_ outcome: Outcome) -> JSONValue {
        switch outcome {
        case .neverArrives(let reason):
            .object(["end": "neverArrives", "reason": .string(reason)])
        case .notDecided(let code):
            .object(["end": "notDecided", "reason": .string(code.rawValue)])
        case .followed(let explanation): json(explanation)
        }
    }

    private func json(_ explanation: Explanation) -> JSONValue {
        let end: String
        var decider: Decider?
        var unknowns: [Unknown] = []
        switch explanation.end {
        case .delivered: end = "delivered"
        case .forwarded: end = "forwarded"
        case .dropped(let by): (end, decider) = ("dropped", by)
        case .notForwarded: end = "notForwarded"
        case .noWay: end = "noWay"
        case .undecided(let names): (end, unknowns) = ("undecided", names)
        }
        return .object([
            "end": .string(end), "packet": .string(Readable.text(explanation.packet.text)),
            "by": decider.map { .object($0.members) },
            "hangsOn": unknowns.isEmpty ? nil : unknowns.json,
            "declaredBy": explanation.declaredBy.map { .string(Readable.text($0)) },
            "listener": listener.map(JSONValue.string),
            "othersDiffer": .bool(explanation.othersDiffer),
            "steps": .array(explanation.steps.map(\.json)),
        ])
    }
}

extension Explanation.Step {
    fileprivate var json: JSONValue {
        var members: [JSONMember] = [JSONMember("event", .string(event.word))]
        switch event {
        case .enters(let hook, let priority):
            members.append(JSONMember("hook", .string(hook.rawValue)))
            members.append(JSONMember("priority", .integer(Int64(priority))))
        case .goes(let name): members.append(JSONMember("to", .string(Readable.text(name))))
        case .policy(let accepts): members.append(JSONMember("accepts", .bool(accepts)))
        case .accepted, .dropped, .returned, .changed, .matches, .delivered, .routed: break
        }
        members += decider?.members ?? []
        if !hangsOn.isEmpty { members.append(JSONMember("hangsOn", hangsOn.json)) }
        return .object(members)
    }
}

extension Decider {
    fileprivate var members: [JSONMember] {
        let values: [(String, JSONValue?)] = [
            ("engine", .string(engine.rawValue)), ("family", .string(family.rawValue)),
            ("table", .string(Readable.text(table))), ("chain", .string(Readable.text(chain))),
            ("rule", rule.map { .string(Readable.text($0)) }),
            ("handle", handle.map { .integer(Int64(clamping: $0)) }),
            ("file", place.map { .string(Readable.text($0.file)) }),
            ("line", place.map { .integer(Int64($0.line)) }),
        ]
        return values.compactMap { name, value in value.map { JSONMember(name, $0) } }
    }
}

extension [Unknown] {
    fileprivate var json: JSONValue { .array(map { .string(Readable.text($0.name)) }) }
}
