package import Documents
import Facts

extension ProbeFile {
    /// The probe that a file holds; its id is the file's name.
    package static func reading(_ source: SourceFile, origin: Probe.Origin) -> Reading<ProbeFile> {
        guard let id = ProbeID.id(ofFile: source.name) else {
            let diagnostic = Diagnostic(
                at: Mark(file: source.name),
                "the file's name is not '<subject>/<name>.yaml' in lower-case letters",
                hint: "the name is the probe's id, such as 'accounts/local-passwords'")
            return Reading(nil, [diagnostic])
        }
        return YAMLDocument.reading(source).flatMap { document in
            MappingReader.reading(document) { reader in
                guard var probe = Probe(id: id, from: &reader) else { return nil }
                probe.origin = origin
                let digest = source.digest
                reader.add(digest.diagnostics)
                probe.sha256 = digest.value ?? ""
                let marks = reader.keys.map { ($0, reader.mark(of: $0)) }
                return ProbeFile(
                    source: source, probe: probe, marks: Dictionary(marks) { first, _ in first })
            }
        }
    }
}

extension Probe {
    fileprivate init?(id: String, from reader: inout MappingReader) {
        let title = reader.text("title")
        let obligations = reader.texts("obligations")
        let weight = reader.choice("weight", of: Weight.self)
        let severity = reader.choice("severity", of: Severity.self)
        let roles = reader.choices("roles", of: Role.self)
        let population = reader.text("population")
        let exclude = reader.optionalText("exclude")
        let empty = reader.optionalChoice("empty", of: Empty.self) ?? .unknown
        let judge = reader.text("judge")
        let why = reader.text("why")
        let repair = reader.text("repair")
        let references = reader.texts("references")
        let isForeign = reader.keys.contains("collect")
        if isForeign,
            population.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil
                || population.hasPrefix("sqlite_")
        {
            reader.error(
                "a collector's table must be of lower-case letters, digits and '_'",
                in: "population")
        }
        let collect = reader.section("collect") { ForeignCollector(table: population, from: &$0) }
        Self.check(obligations, weight, in: &reader)
        guard let weight, let severity else { return nil }
        self.init(
            id: id, title: title.trimmed, obligations: obligations, weight: weight,
            severity: severity, roles: Set(roles), population: population, exclude: exclude,
            empty: empty, judge: judge, why: why.trimmed, repair: repair.trimmed,
            references: references, collect: collect)
    }

    private static func check(
        _ obligations: [String], _ weight: Weight?, in reader: inout MappingReader
    ) {
        if weight == .promise, obligations.isEmpty {
            reader.error(
                "a promise is of no obligation", in: "weight",
                hint: "name what it decides in 'obligations', or make it advice")
        }
        if Set(obligations).count < obligations.count {
            reader.error("an obligation stands twice", in: "obligations")
        }
    }
}

extension Probe.ForeignCollector {
    /// The kind of a foreign column: its type, and who may see it.
    private enum ColumnKind: String, CaseIterable {
        case text, integer, account, path

        var type: ColumnType { self == .integer ? .integer : .text }

        var privacy: Privacy {
            switch self {
            case .text, .integer: .plain
            case .account: .account
            case .path: .path
            }
        }
    }

    fileprivate init?(table: String, from reader: inout MappingReader) {
        let run = reader.text("run")
        if !run.hasPrefix("/") || run.contains("/../") {
            reader.error("'run' must be an absolute path", in: "run")
        }
        let key = reader.text("key")
        let layer = reader.optionalChoice("layer", of: TableLayer.self) ?? .running
        let columns = reader.entries("columns") { entry, reader in
            Self.column(entry, from: &reader)
        }
        guard columns.contains(where: { $0.name == key }) else {
            reader.error("'key' is not one of 'columns'", in: "key")
            return nil
        }
        self.init(
            run: HostPath(run),
            table: TableSchema(
                name: table, documentation: "What \(run) prints.", key: .column(key),
                layer: layer, columns: columns))
    }

    private static func column(
        _ entry: YAMLEntry, from reader: inout MappingReader
    ) -> ColumnSchema? {
        guard entry.key.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
            reader.error(
                "a column's name must be of lower-case letters, digits and '_'", at: entry.keyMark)
            return nil
        }
        guard let kind: ColumnKind = reader.choice(entry.value, "columns") else { return nil }
        return ColumnSchema(
            name: entry.key, type: kind.type, documentation: "As the collector prints it.",
            privacy: kind.privacy)
    }
}

extension String {
    /// Without the white space around it, which a folded block leaves.
    fileprivate var trimmed: String {
        let tail = drop { $0.isWhitespace }
        return String(tail.reversed().drop { $0.isWhitespace }.reversed())
    }
}
