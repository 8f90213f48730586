package import Facts

/// How the next password will be hashed: one row for each module of a service that stores one.
///
/// Read from the stacks of type `password`, resolved as libpam does; from login.defs(5), which
/// rules where pam_unix(8) is given no method; and from libuser.conf(5).
package struct PasswordStacks: Collector {
    /// One module of one service, or one program that hashes by itself.
    package struct Row: Sendable, Equatable {
        var service: String
        var module: String
        var stores: String
        var file: String
        var method: String?
        var strength: String?
        var decidedBy: String?
    }

    package static let table = FactTable<Row>(
        "password_stacks", "What hashes the next password, for each service that can change one.",
        key: .joined("hasher", ["module", "service"]),
        columns: [
            .text("service", \.service, "PAM service, or the program."),
            .text("module", \.module, "Module that hashes, or the file that rules the program."),
            .text("stores", \.stores, "Whose passwords: `accounts` or `groups`."),
            .text("file", \.file, "File that holds the line.", privacy: .path),
            .text("method", \.method, "Method, as pam_unix calls it; NULL if unknown."),
            .text("strength", \.strength, "`strong` or `weak`; NULL if unknown."),
            .text("decided_by", \.decidedBy, "`option`, `login.defs`, or `default`."),
        ])

    private static let unknownColumns = ["method", "strength", "decided_by"]

    /// Stateless.
    package init() {}

    /// Resolves every stack; a root without users changes no password.
    package func collect(from host: some HostView) -> Gathered<Row> {
        guard AccountDatabase.exists(on: host) else { return .complete([]) }
        let name = Self.table.schema.name
        var gaps: [Gap] = []
        var definitions: LoginDefinitions?
        do throws(HostError) {
            definitions = try LoginDefinitions(on: host)
        } catch {
            gaps.append(Gap(error, in: name, columns: Self.unknownColumns))
        }
        let pam = PAMConfiguration(on: host)
        gaps += pam.gaps.map { $0.told(in: name) }
        var rows = pam.ownServices(for: "password").flatMap {
            self.rows(of: $0, pam, definitions, &gaps)
        }
        // A part that counts in no stack may still be asked for by its own name.
        for part in pam.parts(for: "password")
        where !rows.contains(where: { $0.file == pam.path(of: part) }) {
            rows += self.rows(of: part, pam, definitions, &gaps)
        }
        rows += ProgramsThatHash(host, definitions, besides: pam.services).rows(&gaps)
        return .rows(rows, gaps: gaps)
    }

    private func rows(
        of service: String, _ pam: PAMConfiguration, _ definitions: LoginDefinitions?,
        _ gaps: inout [Gap]
    ) -> [Row] {
        guard let stack = pam.stack("password", of: service) else {
            gaps.append(gap(.tooLarge, service, [], "its stack includes too many lines"))
            return []
        }
        let steps = stack.effective.map { (PAMModule($0.line.module), $0.line, $0.file) }
        let isLocal = steps.contains { module, _, _ in
            switch module {
            case .unix, .tcb, .homed: true
            case .elsewhere, .harmless, .unknown: false
            }
        }
        var rows: [Row] = []
        for (module, line, file) in steps {
            var row = Row(service: service, module: line.module, stores: "accounts", file: file)
            let count = rows.count { $0.module.hasPrefix(line.module) }
            if count > 0 { row.module += " (\(count + 1))" }
            switch module {
            case .unix: decideUnix(&row, line, definitions)
            case .tcb: decideTCB(&row, line, &gaps)
            case .homed:
                row.method = "libcrypt's preferred method"
                row.strength = Strength.strong.rawValue
                row.decidedBy = "default"
            case .harmless: continue
            // Beside a local store it is asked for the accounts that it knows: another table's question.
            case .elsewhere where isLocal: continue
            case .elsewhere:
                gaps.append(
                    gap(.heldElsewhere, service, Self.unknownColumns, "a distant store hashes"))
            case .unknown:
                gaps.append(
                    gap(
                        .notCollected, service, Self.unknownColumns,
                        "a module of its stack is not known"))
            }
            rows.append(row)
        }
        return rows
    }

    private func gap(
        _ code: GapCode, _ service: String, _ columns: [String], _ sentence: String
    ) -> Gap {
        Gap(
            code, in: Self.table.schema.name, of: service, privacy: .plain, columns: columns,
            sentence)
    }

    // The method of login.defs first, then the arguments, the last one counting; DES without any.
    private func decideUnix(_ row: inout Row, _ line: PAMLine, _ definitions: LoginDefinitions?) {
        var method = HashMethod(pamUnixArguments: line.arguments)
        row.decidedBy = "option"
        if method == nil {
            guard let definitions else {
                row.decidedBy = nil
                return
            }
            method = definitions.pamValue(of: "ENCRYPT_METHOD").flatMap(
                HashMethod.init(pamUnixValue:))
            row.decidedBy = method == nil ? "default" : "login.defs"
        }
        let decided = method ?? .des
        row.method = decided.rawValue
        row.strength = decided.strength.rawValue
    }

    // `prefix=$2y$`: what crypt_gensalt(3) is given; pam_tcb(8).
    private func decideTCB(_ row: inout Row, _ line: PAMLine, _ gaps: inout [Gap]) {
        let prefixes = line.arguments.filter { $0.hasPrefix("prefix=") }
        let strong = ["$2b$", "$2y$", "$2a$", "$y$", "$gy$", "$5$", "$6$", "$7$"]
        guard let prefix = strong.first(where: (prefixes.last ?? "").dropFirst(7).hasPrefix) else {
            gaps.append(
                gap(
                    .notParsed, row.service, Self.unknownColumns,
                    "pam_tcb names no prefix that is known"))
            return
        }
        row.method = prefix
        row.strength = Strength.strong.rawValue
        row.decidedBy = "option"
    }
}
