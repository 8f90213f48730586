package import Facts

/// What a worker answers: a table is understood only with the schema that was asked for.
package enum WorkerReply: Sendable, Hashable {
    case table(GatheredTable)
    case special([UInt8])
    /// The program does not know the name.
    case unknown
    /// The host could not be opened.
    case noHost(HostError.Code)

    /// The payload of the answer's frame.
    package var bytes: [UInt8] {
        var writer = PackedWriter()
        switch self {
        case .table(let table):
            writer.append(UInt8(ascii: "t"))
            table.pack(into: &writer)
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

    /// Understands a payload; `schema` is that of the table that was asked for, nil where none was.
    package init(_ bytes: [UInt8], schema: TableSchema?) throws(PackedReader.Malformed) {
        var reader = PackedReader(bytes)
        switch (try reader.byte(), schema) {
        case (UInt8(ascii: "t"), let schema?):
            self = .table(try GatheredTable(unpackedFrom: &reader, schema: schema))
        case (UInt8(ascii: "s"), nil): self = .special(try reader.bytes())
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
