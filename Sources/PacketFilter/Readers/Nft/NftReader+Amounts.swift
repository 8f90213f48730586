extension NftReader {
    /// `counter`, `counter packets 0 bytes 0`, `counter name "x"`.
    mutating func readCounter() throws(NftError) {
        if try take(word: "name") { return try readObjectName("counter") }
        while try take(any: ["packets", "bytes"]) { _ = try plainNumber(.max >> 64) }
    }

    /// The name of an object that must exist.
    mutating func readObjectName(_ kind: String) throws(NftError) {
        let token = try string()
        if token.isVariable { doubt(token.place, "a variable where a name belongs") }
        try require(object: kind, token.text, token.place)
    }

    /// Refuses the file where the table has no such object.
    mutating func require(
        object kind: String, _ name: String, _ place: SourcePlace
    ) throws(NftError) {
        let table = NftTableKey(family: rule.family, name: rule.table)
        guard mode == .file, !objects.contains(NftObject(table: table, kind: kind, name: name))
        else { return }
        if earlier.contains(table) {
            doubt(place, "a \(kind) that may not exist")
        } else {
            try refuse(place, "a \(kind) that does not exist")
        }
    }

    /// The rest of a `limit` or `quota`, after its first word.
    mutating func readAmount(_ kind: String) throws(NftError) {
        if try take(word: "name") { return try readObjectName(kind) }
        if kind == "limit" { try readRate() } else { try readQuota() }
    }

    /// `rate [over] 5/second [burst 5 packets]`, `rate 10 mbytes/second`.
    mutating func readRate() throws(NftError) {
        guard try take(word: "rate") else {
            throw NftError(.refused, tokens.place, "a limit without a rate")
        }
        _ = try take(any: ["over", "until"])
        let place = tokens.place
        if try plainNumber(0xFFFF_FFFF) == 0 { doubt(place, "a rate of nothing") }
        let isBytes = try !take(sign: "/")
        var unit = try tokens.next()
        if isBytes {
            let parts = unit.text.split(separator: "/", omittingEmptySubsequences: false)
            guard unit.kind == .word, parts.count == 2, NftReader.bytes.contains(String(parts[0]))
            else { throw NftError(.notUnderstood, unit.place, "the unit of a rate") }
            unit.text = String(parts[1])
        }
        guard unit.kind == .word, !unit.isVariable,
            ["second", "minute", "hour", "day", "week"].contains(unit.text)
        else { throw NftError(.refused, unit.place, "a rate by no time") }
        guard try take(word: "burst") else { return }
        if try plainNumber(0xFFFF_FFFF) == 0 { doubt(place, "a burst of nothing") }
        let what = try tokens.next()
        guard isBytes ? NftReader.bytes.contains(what.text) : what.isWord("packets") else {
            throw NftError(.refused, what.place, "a burst of another unit")
        }
    }

    /// `[over] 25 mbytes [used 0 bytes]`.
    mutating func readQuota() throws(NftError) {
        _ = try take(any: ["over", "until"])
        try readBytes()
        if try take(word: "used") { try readBytes() }
    }

    private mutating func readBytes() throws(NftError) {
        _ = try plainNumber(0xFFFF_FFFF)
        let unit = try tokens.next()
        guard unit.kind == .word, NftReader.bytes.contains(unit.text) else {
            throw NftError(.refused, unit.place, "a quota of no unit")
        }
    }

    private static let bytes: Set<String> = ["bytes", "kbytes", "mbytes"]

    /// The options of `log`.
    mutating func readLog() throws(NftError) {
        var seen: Set<String> = []
        while true {
            let option = try tokens.peek()
            let names: Set<String> = [
                "prefix", "group", "snaplen", "queue-threshold", "level", "flags",
            ]
            guard option.kind == .word, names.contains(option.text) else { break }
            _ = try tokens.next()
            if !seen.insert(option.text).inserted, option.text != "flags" {
                try refuse(option.place, "an option of log that is given twice")
            }
            switch option.text {
            case "prefix":
                let prefix = try text(longest: 127)
                if prefix.text.isEmpty { doubt(prefix.place, "a prefix that is empty") }
            case "group", "queue-threshold":
                if try plainNumber(0xFFFF_FFFF) > 65535 { doubt(option.place, "a number of log") }
            case "snaplen": _ = try plainNumber(0xFFFF_FFFF)
            case "level":
                let level = try tokens.next()
                let levels: Set<String> = [
                    "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", "audit",
                ]
                guard level.kind == .word, levels.contains(level.text) else {
                    throw NftError(.refused, level.place, "a level that log does not have")
                }
                if level.text == "audit" { doubt(level.place, "a log to audit") }
            default: try readLogFlags()
            }
        }
        let grouped: Set<String> = ["group", "snaplen", "queue-threshold"]
        if !seen.isDisjoint(with: grouped), !seen.isDisjoint(with: ["level", "flags"]) {
            try refuse(tokens.place, "a log with a group and a level")
        }
        if !seen.isDisjoint(with: ["snaplen", "queue-threshold"]), !seen.contains("group") {
            doubt(tokens.place, "a log of a group without its number")
        }
    }

    /// `tcp sequence,options`, `ip options`, `skuid`, `ether`, `all`.
    private mutating func readLogFlags() throws(NftError) {
        let flag = try tokens.next()
        switch flag.text {
        case "tcp":
            repeat {
                let part = try tokens.next()
                guard part.isWord("sequence") || part.isWord("options") else {
                    throw NftError(.refused, part.place, "a flag that log does not have")
                }
            } while try take(sign: ",")
        case "ip":
            guard try take(word: "options") else {
                throw NftError(.refused, flag.place, "a flag that log does not have")
            }
        case "skuid", "ether", "all": break
        default: throw NftError(.refused, flag.place, "a flag that log does not have")
        }
    }

    /// `queue num 0-3 bypass,fanout`, `queue flags bypass to 1`.
    mutating func readQueue(_ token: NftToken) throws(NftError) {
        demand(.at(token.place, in: [.ip, .ip6, .inet]))
        rule.isEnded = true
        if try take(word: "num") {
            try readQueueNumbers()
            while try take(any: ["bypass", "fanout"]) { _ = try take(sign: ",") }
            return
        }
        if try take(word: "flags") {
            repeat {
                if try !take(any: ["bypass", "fanout"]) {
                    throw NftError(.refused, tokens.place, "a flag that queue does not have")
                }
            } while try take(sign: ",")
        }
        if try take(word: "to") {
            let next = try tokens.peek()
            guard next.kind == .word, UInt16(next.text) != nil else {
                doubt(next.place, "a queue by an expression")
                return try skipToEnd()
            }
            return try readQueueNumbers()
        }
        if try take(any: ["bypass", "fanout"]) {
            doubt(tokens.place, "a flag of a queue without its number")
        }
    }

    private mutating func readQueueNumbers() throws(NftError) {
        let first = try plainNumber(65535)
        guard try take(sign: "-") else { return }
        if try plainNumber(65535) <= first {
            try refuse(tokens.place, "a range that ends before it begins")
        }
    }

    /// `flow add @table`: later packets of the connection take a short way.
    mutating func readFlow(_ token: NftToken) throws(NftError) {
        guard try take(any: ["add", "offload"]) else {
            throw NftError(.refused, token.place, "a flow that is not added")
        }
        try expect(sign: "@")
        let name = try tokens.next()
        try require(object: "flowtable", name.text, name.place)
        demand(.at(token.place, [.forward], kinds: [.filter], in: [.ip, .ip6, .inet]))
    }
}
