import OpenSSL
import StrictJSON

/// A file of facts that does not say what it should.
package struct TableFileError: Error, Sendable, Hashable {
    /// Why: a closed list.
    package enum Code: String, Sendable, Hashable {
        /// It is not what this program writes.
        case malformed
        /// Its digest is not the one that was signed.
        case otherDigest
        /// Its table is unknown to this version, or has other columns.
        case otherSchema
    }

    package var code: Code

    /// An error by its code.
    package init(_ code: Code) {
        self.code = code
    }
}

extension TableFile {
    /// Reads a file that must have this digest; its table must be one of `schemas`.
    package init(
        reading bytes: [UInt8], sha256: String, schemas: [TableSchema]
    ) throws(TableFileError) {
        let digest = try Self.translate { () throws(OpenSSLError) in try SHA256.hex(of: bytes) }
        guard digest == sha256 else { throw TableFileError(.otherDigest) }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.last?.isEmpty == true, lines.count > 1 else {
            throw TableFileError(.malformed)
        }
        lines.removeLast()
        let header = try Self.parse(lines[0])
        guard let name = header["table"]?.string,
            let state = header["state"]?.string.flatMap(TableState.init),
            let gaps = header["gaps"]?.array
        else { throw TableFileError(.malformed) }
        guard let schema = schemas.first(where: { $0.name == name }) else {
            throw TableFileError(.otherSchema)
        }
        var table = KeyedTable(schema: schema, state: state, rows: [], gaps: [])
        for gap in gaps { table.gaps.append(try Self.gap(gap)) }
        for line in lines.dropFirst() {
            table.rows.append(try Self.row(try Self.parse(line), schema))
        }
        let written = try Self.translate { () throws(OpenSSLError) in try TableFile(table) }
        // What is written again must be the same: nothing was overlooked.
        guard written.bytes == bytes else { throw TableFileError(.otherSchema) }
        self = written
    }

    private static func parse(_ line: ArraySlice<UInt8>) throws(TableFileError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: line, limits: .host())
        } catch {
            throw TableFileError(.malformed)
        }
    }

    private static func translate<Result>(
        _ body: () throws(OpenSSLError) -> Result
    ) throws(TableFileError) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw TableFileError(.malformed)
        }
    }

    private static func row(
        _ line: JSONValue, _ schema: TableSchema
    ) throws(TableFileError) -> [Value] {
        var cells: [Value] = []
        for column in schema.sqlColumns {
            switch line[column.name] {
            case .null?: cells.append(.null)
            case .integer(let number)?: cells.append(.integer(number))
            case .string(let text)?: cells.append(.text(text))
            case .bool, .array, .object, nil: throw TableFileError(.otherSchema)
            }
        }
        return cells
    }

    private static func gap(_ json: JSONValue) throws(TableFileError) -> Gap {
        guard let table = json["table"]?.string, let sentence = json["sentence"]?.string,
            let code = json["code"]?.string.flatMap(GapCode.init),
            let columns = json["columns"]?.array
        else { throw TableFileError(.malformed) }
        return Gap(
            code, in: table, of: json["object"]?.string, privacy: .plain,
            columns: columns.compactMap(\.string),
            layer: json["layer"]?.string.flatMap(Layer.init), sentence)
    }
}
