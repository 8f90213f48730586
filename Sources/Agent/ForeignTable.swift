package import Facts
package import Probes
import StrictJSON

/// The table that a foreign collector fills.
///
/// It prints one JSON array of objects in UTF-8 and ends with status 0. An array, not lines: what
/// was cut off can never be taken for the whole. Each object has every column and nothing else, a
/// text, an integer or null as the column is; the key is never null.
package struct ForeignTable: Sendable {
    /// Seconds that a collector may take: fewer than its worker has for the table.
    package static let seconds = 20
    /// Rows that are taken.
    package static let rowLimit = 100_000
    private static let outputLimit = 8 << 20
    private static let textLimit = 64 << 10

    private let collector: Probe.ForeignCollector
    private let seconds: Int

    /// The table of a collector, which may take so many seconds.
    package init(_ collector: Probe.ForeignCollector, seconds: Int = Self.seconds) {
        self.collector = collector
        self.seconds = seconds
    }

    private var schema: TableSchema { collector.table }

    /// Runs the collector on a running host; whatever goes wrong leaves the whole table unavailable.
    package func gathered(from host: LinuxHost) -> GatheredTable {
        let output: HostOutput
        do throws(HostError) {
            output = try host.runForeign(
                HostCommand(collector.run, [], seconds: seconds, limit: Self.outputLimit))
        } catch {
            return .unavailable(schema, Gap(error, in: schema.name))
        }
        guard output.status == 0 else {
            return unavailable(.notAvailable, "the collector ended with a failure")
        }
        return gathered(from: output.output)
    }

    /// The table that these bytes are, or why they are none; nothing of them stands in a gap.
    package func gathered(from output: [UInt8]) -> GatheredTable {
        let limits = JSONLimits(
            document: Self.outputLimit, string: Self.textLimit, depth: 2, values: 2_000_000,
            numbers: .whole, asciiNames: true)
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: output, limits: limits)
        } catch {
            return unavailable(
                error.code == .limit ? .tooLarge : .notParsed, "what it printed is not understood")
        }
        guard let elements = json.array else {
            return unavailable(.notParsed, "what it printed is no array of rows")
        }
        guard elements.count <= Self.rowLimit else {
            return unavailable(.tooLarge, "it printed more rows than are read")
        }
        var rows: [[Value]] = []
        for element in elements {
            guard let row = row(of: element) else {
                return unavailable(.notParsed, "a row that it printed does not fit its columns")
            }
            rows.append(row)
        }
        return GatheredTable(schema: schema, state: .complete, rows: rows, gaps: [])
    }

    private func row(of json: JSONValue) -> [Value]? {
        guard let members = json.members, members.count == schema.columns.count else { return nil }
        var row: [Value] = []
        for column in schema.columns {
            guard let value = json[column.name], let cell = cell(value, column) else { return nil }
            row.append(cell)
        }
        return row
    }

    private func cell(_ json: JSONValue, _ column: ColumnSchema) -> Value? {
        switch (json, column.type) {
        case (.null, _):
            // A row without a name, or without its layer, would be judged by nobody.
            return schema.key.columns.contains(column.name) || column.name == "layer" ? nil : .null
        case (.integer(let number), .integer): return .integer(number)
        case (.string(let text), .text):
            guard column.name != "layer" || Layer(rawValue: text) != nil else { return nil }
            return .text(Readable.text(text.utf8))
        default: return nil
        }
    }

    private func unavailable(_ code: GapCode, _ sentence: String) -> GatheredTable {
        .unavailable(
            schema, Gap(code, in: schema.name, of: collector.run.description, sentence))
    }
}
