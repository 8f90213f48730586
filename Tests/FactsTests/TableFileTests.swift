import Facts
import Testing

/// Facts as files.
struct TableFileTests {
    static let schema = TableSchema(
        name: "shells", documentation: "", key: .joined("shell", ["path", "owner"]),
        layer: .configured,
        columns: [
            ColumnSchema(name: "path", type: .text, documentation: "", privacy: .path),
            ColumnSchema(name: "owner", type: .text, documentation: "", privacy: .account),
            ColumnSchema(name: "size", type: .integer, documentation: "", privacy: .plain),
        ])

    static let table = KeyedTable(
        GatheredTable(
            schema: schema, state: .partial,
            rows: [
                [.text("/bin/b"), .text("root"), .integer(7)],
                [.text("/bin/a\n"), .null, .null],
            ],
            gaps: [Gap(.notPermitted, in: "shells", of: "/bin/c", "it may not be read")]))

    @Test func `the order of gathering does not change the bytes`() throws {
        var other = Self.table
        other.rows.reverse()
        #expect(try TableFile(Self.table).bytes == TableFile(other).bytes)
    }

    @Test func `a file is read back as what was written`() throws {
        let file = try TableFile(Self.table)
        let read = try TableFile(
            reading: file.bytes, sha256: file.sha256, schemas: [Self.schema])
        #expect(try TableFile(read.table).bytes == file.bytes)
        #expect(Set(read.table.keys) == ["/bin/b in root", "/bin/a\n"])
    }

    @Test func `a changed byte is another digest`() throws {
        let file = try TableFile(Self.table)
        var bytes = file.bytes
        bytes[bytes.count - 3] ^= 1
        #expect(throws: TableFileError(.otherDigest)) {
            try TableFile(reading: bytes, sha256: file.sha256, schemas: [Self.schema])
        }
    }

    @Test func `a table with other columns is not read`() throws {
        let file = try TableFile(Self.table)
        var schema = Self.schema
        schema.columns.removeLast()
        #expect(throws: TableFileError(.otherSchema)) {
            try TableFile(reading: file.bytes, sha256: file.sha256, schemas: [schema])
        }
    }
}
