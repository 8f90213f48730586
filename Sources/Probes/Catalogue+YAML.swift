package import Documents
import Facts
import Site

extension Catalogue {
    /// The catalogue that a file holds.
    package static func reading(_ source: SourceFile) -> Reading<Catalogue> {
        YAMLDocument.reading(source).flatMap { document in
            MappingReader.reading(document) { reader in
                _ = reader.integer("schema", in: 1...1)
                let id = reader.text("id")
                let version = reader.integer("version", in: 1...1_000_000)
                let bounds = reader.requiredSection("bounds") { ContractBounds(from: &$0) }
                let clauses = reader.sections("clauses") { Clause(from: &$0) }
                Self.reportTwins(clauses, in: &reader)
                let digest = source.digest
                reader.add(digest.diagnostics)
                guard let bounds, let sha256 = digest.value else { return nil }
                return Catalogue(
                    id: id, version: String(version), file: source.name, sha256: sha256,
                    bounds: bounds, clauses: clauses)
            }
        }
    }

    private static func reportTwins(_ clauses: [Clause], in reader: inout MappingReader) {
        let groups = [clauses.map(\.id), clauses.flatMap(\.obligations).map(\.id)]
        for (ids, noun) in zip(groups, ["clause", "obligation"]) {
            var seen: Set<String> = []
            for id in ids where !seen.insert(id).inserted {
                reader.error("the \(noun) '\(id)' stands twice", in: "clauses")
            }
        }
    }
}

extension Catalogue.Clause {
    fileprivate init?(from reader: inout MappingReader) {
        let id = reader.text("id")
        let title = reader.words("title")
        let obligations = reader.sections("obligations") { Catalogue.Obligation(from: &$0) }
        if obligations.isEmpty { reader.error("the clause has no obligation", at: reader.mark) }
        self.init(id: id, title: title, obligations: obligations)
    }
}

extension Catalogue.Obligation {
    fileprivate init?(from reader: inout MappingReader) {
        self.init(
            id: reader.text("id"), text: reader.words("text"),
            decides: reader.choices("decides", of: Catalogue.Decider.self),
            passesOnlyInFleet: reader.truth("passes_only_in_fleet", or: false),
            roles: Set(reader.choices("roles", of: Role.self)), probes: reader.texts("probes"),
            mark: reader.mark(of: "probes"))
        if passesOnlyInFleet, !decides.contains(.fleet) {
            reader.error("only a fleet passes it, and no fleet decides it", in: "decides")
        }
        if !probes.isEmpty, !decides.contains(.host) {
            reader.error("it has probes, and no host decides it", in: "decides")
        }
        if Set(probes).count < probes.count { reader.error("a probe stands twice", in: "probes") }
    }
}

extension ContractBounds {
    fileprivate init?(from reader: inout MappingReader) {
        let idle = reader.requiredSection("idle") { reader in
            (
                reader.integer("max_seconds", in: 1...86_400),
                reader.integer("tolerance_seconds", in: 0...3_600)
            )
        }
        let graceDays = reader.requiredSection("grace_days") { reader in
            GraceDays(
                critical: reader.integer("critical", in: 0...3_650),
                high: reader.integer("high", in: 0...3_650),
                medium: reader.integer("medium", in: 0...3_650),
                low: reader.integer("low", in: 0...3_650))
        }
        guard let idle, let graceDays else { return nil }
        self.init(idleSeconds: idle.0, idleToleranceSeconds: idle.1, graceDays: graceDays)
    }
}

extension MappingReader {
    /// A text in every language.
    fileprivate mutating func words(_ key: String) -> [Language: String] {
        requiredSection(key) { reader in
            Dictionary(
                uniqueKeysWithValues: Language.allCases.map { ($0, reader.text($0.rawValue)) })
        } ?? [:]
    }
}
