import Facts

extension GatheredTable {
    /// Writes everything but the schema, of which the names are enough: the reader has it.
    func pack(into writer: inout PackedWriter) {
        writer.append(schema.name)
        writer.append(schema.columns.map(\.name))
        writer.append(state.rawValue)
        writer.append(count: rows.count)
        for row in rows {
            writer.append(count: row.count)
            for cell in row { writer.append(cell) }
        }
        writer.append(count: gaps.count)
        for gap in gaps { writer.append(gap) }
    }

    /// Reads a table that has exactly this schema, rows that fit it, and gaps that fit its state.
    init(unpackedFrom reader: inout PackedReader, schema: TableSchema)
        throws(PackedReader.Malformed)
    {
        guard try reader.text() == schema.name,
            try reader.texts() == schema.columns.map(\.name),
            let state = TableState(rawValue: try reader.text())
        else { throw PackedReader.Malformed() }
        var rows: [[Value]] = []
        for _ in 0..<(try reader.count()) { rows.append(try reader.row(of: schema)) }
        var gaps: [Gap] = []
        for _ in 0..<(try reader.count()) { gaps.append(try reader.gap(in: schema)) }
        switch state {
        case .complete: guard gaps.isEmpty else { throw PackedReader.Malformed() }
        case .partial: guard !gaps.isEmpty else { throw PackedReader.Malformed() }
        case .unavailable:
            guard rows.isEmpty, !gaps.isEmpty else { throw PackedReader.Malformed() }
        }
        self.init(schema: schema, state: state, rows: rows, gaps: gaps)
    }
}

extension PackedWriter {
    fileprivate mutating func append(_ cell: Value) {
        switch cell {
        case .null: append(UInt8(ascii: "n"))
        case .integer(let number):
            append(UInt8(ascii: "i"))
            append(number)
        case .text(let text):
            append(UInt8(ascii: "t"))
            append(text)
        }
    }

    fileprivate mutating func append(_ gap: Gap) {
        append(gap.code.rawValue)
        append(gap.object.map { [$0] } ?? [])
        append(gap.objectPrivacy.rawValue)
        append(gap.columns)
        append(gap.layer.map { [$0.rawValue] } ?? [])
        append(gap.sentence)
    }
}

extension PackedReader {
    // A sentence is of our own words, so a long one, or one with controls in it, is not ours.
    private static let sentenceLimit = 500

    fileprivate mutating func row(of schema: TableSchema) throws(Malformed) -> [Value] {
        guard try count() == schema.columns.count else { throw Malformed() }
        var row: [Value] = []
        row.reserveCapacity(schema.columns.count)
        for column in schema.columns { row.append(try cell(of: column.type)) }
        return row
    }

    private mutating func cell(of type: ColumnType) throws(Malformed) -> Value {
        switch (try byte(), type) {
        case (UInt8(ascii: "n"), _): return .null
        case (UInt8(ascii: "i"), .integer): return .integer(try number())
        case (UInt8(ascii: "t"), .text): return .text(try text())
        default: throw Malformed()
        }
    }

    fileprivate mutating func gap(in schema: TableSchema) throws(Malformed) -> Gap {
        guard let code = GapCode(rawValue: try text()) else { throw Malformed() }
        let objects = try texts()
        guard objects.count <= 1, let privacy = Privacy(rawValue: try text()) else {
            throw Malformed()
        }
        let columns = try texts()
        let names = Set(schema.sqlColumns.map(\.name))
        let layer = try layer()
        let sentence = try text()
        guard columns.allSatisfy(names.contains), sentence.utf8.count <= Self.sentenceLimit,
            Readable.text(sentence.utf8) == sentence
        else { throw Malformed() }
        return Gap(
            code, in: schema.name, of: objects.first, privacy: privacy, columns: columns,
            layer: layer, sentence)
    }

    private mutating func layer() throws(Malformed) -> Layer? {
        let names = try texts()
        guard let name = names.first else { return nil }
        guard names.count == 1, let layer = Layer(rawValue: name) else { throw Malformed() }
        return layer
    }
}
