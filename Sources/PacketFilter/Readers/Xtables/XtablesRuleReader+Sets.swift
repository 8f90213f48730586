extension XtablesRuleReader {
    /// `--match-set name src,dst`.
    mutating func readSet(not: Bool) throws(XtablesError) {
        let set = try value()
        let directions = try value().split(separator: ",").map(String.init)
        guard directions.allSatisfy({ $0 == "src" || $0 == "dst" }) else {
            throw XtablesError(.refused, "a direction of a set")
        }
        while let option = words.next, option.hasPrefix("--return-") || option == "!" {
            // Options after the set ask for counters, which only packets know.
            _ = words.take()
        }
        guard let key = key(set, directions) else {
            unknownMatch("a set that is not known")
            return
        }
        statements.append(.match(key, in: .ipset(set), isNegated: not))
    }

    /// `--add-set name src`, `--del-set`, `--map-set`.
    mutating func readSetTarget() throws(XtablesError) {
        while let option = words.take() {
            switch option {
            case "--add-set":
                let set = try value()
                let directions = try value().split(separator: ",").map(String.init)
                guard let key = key(set, directions) else {
                    doubts.append("a set that is not known")
                    continue
                }
                filledSets.insert(set)
                statements.append(.remember(key, in: .ipset(set)))
            case "--del-set":
                _ = try value()
                _ = try value()
            case "--map-set":
                skipMap()
                statements.append(.opaque(Unknown(.hidden, "a mark from a set in '\(name)'")))
            case "--exist": break
            case "--timeout": _ = try value()
            default: throw XtablesError(.notUnderstood, "an option of a set")
            }
        }
    }

    private func key(_ set: String, _ directions: [String]) -> [Operand]? {
        guard let known = ipsets[set], known.family == family || known.parts == [.hardware]
        else { return nil }
        return known.operands(directions)
    }

    private mutating func skipMap() {
        while words.take() != nil {}
    }
}
