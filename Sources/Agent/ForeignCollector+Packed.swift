import Facts
import Probes

/// How the agent tells a worker what to run, and what its rows must be.
extension Probe.ForeignCollector {
    func pack(into writer: inout PackedWriter) {
        writer.append(run.bytes)
        writer.append(table.name)
        writer.append(table.documentation)
        writer.append(table.key.name)
        writer.append(table.layer.rawValue)
        writer.append(count: table.columns.count)
        for column in table.columns {
            writer.append(column.name)
            writer.append(column.type.rawValue)
            writer.append(column.documentation)
            writer.append(column.privacy.rawValue)
        }
    }

    init(unpackedFrom reader: inout PackedReader) throws(PackedReader.Malformed) {
        let run = HostPath(bytes: try reader.bytes())
        let name = try reader.text()
        let documentation = try reader.text()
        let key = try reader.text()
        guard let layer = TableLayer(rawValue: try reader.text()) else {
            throw PackedReader.Malformed()
        }
        var columns: [ColumnSchema] = []
        for _ in 0..<(try reader.count()) { columns.append(try ColumnSchema(&reader)) }
        self.init(
            run: run,
            table: TableSchema(
                name: name, documentation: documentation, key: .column(key), layer: layer,
                columns: columns))
    }
}

extension ColumnSchema {
    fileprivate init(_ reader: inout PackedReader) throws(PackedReader.Malformed) {
        let name = try reader.text()
        guard let type = ColumnType(rawValue: try reader.text()) else {
            throw PackedReader.Malformed()
        }
        let documentation = try reader.text()
        guard let privacy = Privacy(rawValue: try reader.text()) else {
            throw PackedReader.Malformed()
        }
        self.init(name: name, type: type, documentation: documentation, privacy: privacy)
    }
}
