package import Facts

/// What a worker answers: tables are understood only with the schemas that were asked for.
package enum WorkerReply: Sendable, Hashable {
    case tables([GatheredTable])
    case special([UInt8])
    /// The program does not know the name.
    case unknown
    /// The host could not be opened.
    case noHost(HostError.Code)

    /// The payload of the answer's frame.
    package var bytes: [UInt8] {
        var writer = PackedWriter()
        switch self {
        case .tables(let tables):
            writer.append(UInt8(ascii: "t"))
            for table in tables { table.pack(into: &writer) }
        case .special(let answer):
            writer.append(UInt8(ascii: "s"))
            writer.append(answer)
        case .unknown: writer.append(UInt8(ascii: "u"))
        case .noHost(let code):
            writer.append(UInt8(ascii: "h"))
            writer.append(code.rawValue)
        }
        return writer.bytes
    }

    /// Understands a payload; `schemas` are those of the tables that were asked for, empty where
    /// none was.
    package init(_ bytes: [UInt8], schemas: [TableSchema]) throws(PackedReader.Malformed) {
        var reader = PackedReader(bytes)
        switch (try reader.byte(), schemas.isEmpty) {
        case (UInt8(ascii: "t"), false):
            var tables: [GatheredTable] = []
            for schema in schemas {
                tables.append(try GatheredTable(unpackedFrom: &reader, schema: schema))
            }
            self = .tables(tables)
        case (UInt8(ascii: "s"), true): self = .special(try reader.bytes())
        case (UInt8(ascii: "u"), _): self = .unknown
        case (UInt8(ascii: "h"), _):
            guard let code = HostError.Code(rawValue: try reader.text()) else {
                throw PackedReader.Malformed()
            }
            self = .noHost(code)
        default: throw PackedReader.Malformed()
        }
        try reader.end()
    }
}
