extension XtablesRuleReader {
    /// What conntrack knows.
    mutating func readConnection(_ option: String, not: Bool) throws(XtablesError) -> Bool {
        switch option {
        case "--ctstate", "--state": try readState(not: not)
        case "--ctstatus": try readStatus(not: not)
        case "--ctproto":
            guard let number = Transport.number(try value()) else {
                unknownMatch("the name of a protocol")
                return true
            }
            statements.append(
                .match(.connected(.field(.transport)), UInt128(number), not: not))
        case "--ctorigsrc": try tuple(.carried(.source), not: not)
        case "--ctorigdst": try tuple(.carried(.destination), not: not)
        case "--ctreplsrc": try tuple(.field(.destination), not: not)
        case "--ctrepldst": try tuple(.field(.source), not: not)
        case "--ctorigsrcport": try tuplePort(.sourcePort, isReply: false, not: not)
        case "--ctorigdstport": try tuplePort(.destinationPort, isReply: false, not: not)
        case "--ctreplsrcport": try tuplePort(.sourcePort, isReply: true, not: not)
        case "--ctrepldstport": try tuplePort(.destinationPort, isReply: true, not: not)
        case "--ctdir":
            let isOriginal = try value().uppercased() == "ORIGINAL"
            statements.append(
                .match(.connected(.number(0, width: 8)), isOriginal ? 0 : 1, not: not))
        case "--ctexpire":
            _ = try value()
            statements.append(.condition(Unknown(.hidden, "ctexpire in '\(name)'")))
        default: return false
        }
        return true
    }

    /// States are bits; SNAT and DNAT are bits of the status that count like states.
    private mutating func readState(not: Bool) throws(XtablesError) {
        var states: UInt128 = 0
        var statuses: UInt128 = 0
        for name in try value().split(separator: ",") {
            switch XtablesName.whole(name, of: XtablesName.states) {
            case nil: throw XtablesError(.refused, "a state of connections")
            case "SNAT": statuses |= 16
            case "DNAT": statuses |= 32
            case let state?: states |= NftSymbols.number(state.lowercased(), .connectionState) ?? 0
            }
        }
        if statuses == 0 {
            statements.append(.anyBit(.field(.connectionState), states, not: not))
            return
        }
        // The status has a value only with a connection, so its bits stand beside the state's.
        let joined = Operand.joined([
            .field(.connectionState).masked(states),
            .and(.slice(.known(.connectionStatus), 24..<32), .number(statuses, width: 8)),
        ])
        statements.append(.match(joined, 0, not: !not))
    }

    private mutating func readStatus(not: Bool) throws(XtablesError) {
        let names = try value().split(separator: ",")
        // NONE is an empty mask, which no status fits, not the status without bits
        // (`conntrack_mt`).
        var bits: UInt128 = 0
        for name in names {
            guard let known = XtablesName.whole(name, of: XtablesName.statuses) else {
                throw XtablesError(.refused, "a status of connections")
            }
            let word = known.lowercased().replacing("_", with: "-")
            bits |= NftSymbols.number(word, .connectionStatus) ?? 0
        }
        statements.append(.anyBit(.field(.connectionStatus), bits, not: not))
    }

    private mutating func tuple(_ whole: Operand, not: Bool) throws(XtablesError) {
        guard let range = try prefix(try value()) else { return }
        let operand = family == .v4 ? Operand.slice(whole, 0..<32) : whole
        statements.append(.match(.connected(operand), IntervalSet([range]), not: not))
    }

    private mutating func tuplePort(
        _ field: Field, isReply: Bool, not: Bool
    ) throws(XtablesError) {
        let text = try value()
        guard let range = portRange(text) else {
            // A range that ends before it begins is one that no port is in.
            unknownMatch("a port of a connection")
            return
        }
        statements.append(
            .match(.connectionPort(field, isReply: isReply), IntervalSet([range]), not: not))
    }
}
