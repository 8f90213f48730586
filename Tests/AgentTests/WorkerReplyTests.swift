import Agent
import Facts
import Testing

/// What is taken for an answer, and what is not.
struct WorkerReplyTests {
    static let schema = TableSchema(
        name: "things", documentation: "", key: .joined("thing", ["name", "place"]),
        layer: .configured,
        columns: [
            ColumnSchema(name: "name", type: .text, documentation: "", privacy: .plain),
            ColumnSchema(name: "place", type: .text, documentation: "", privacy: .path),
            ColumnSchema(name: "size", type: .integer, documentation: "", privacy: .plain),
        ])

    static let table = GatheredTable(
        schema: schema, state: .partial,
        rows: [
            [.text("a"), .text("/é\n\0"), .integer(.min)], [.null, .text(""), .null],
            [.text("\u{1F512}"), .null, .integer(-1)],
        ],
        gaps: [
            Gap(
                .notPermitted, in: "things", of: "/root", columns: ["thing", "size"], "it is closed"
            ),
            Gap(.crashed, in: "things", privacy: .account, layer: .running, "it died"),
        ])

    static func read(_ table: GatheredTable) throws -> WorkerReply {
        try WorkerReply(WorkerReply.tables([table]).bytes, schemas: [schema])
    }

    @Test func `a table comes back as it went`() throws {
        #expect(try Self.read(Self.table) == .tables([Self.table]))
        let complete = GatheredTable(schema: Self.schema, state: .complete, rows: [], gaps: [])
        #expect(try Self.read(complete) == .tables([complete]))
    }

    // A member that is added later must be packed too.
    @Test func `a gap and a table have the members that are packed`() {
        #expect(Mirror(reflecting: Self.table.gaps[0]).children.count == 7)
        #expect(Mirror(reflecting: Self.table).children.count == 4)
    }

    @Test(arguments: [
        WorkerReply.special([]), .special([0, 1, 255]), .unknown, .noHost(.notPermitted),
    ])
    func `another answer comes back as it went`(reply: WorkerReply) throws {
        #expect(try WorkerReply(reply.bytes, schemas: []) == reply)
    }

    static let broken: [GatheredTable] = [
        { $0.rows[0].append(.null) }, { $0.rows[1].removeLast() }, { $0.rows[2] = [] },
        { $0.rows[0][0] = .integer(1) }, { $0.rows[0][2] = .text("1") },
        { $0.state = .complete }, { $0.state = .unavailable }, { $0.gaps = [] },
        { $0.gaps[0].columns = ["colour"] }, { $0.gaps[0].sentence = "\u{1B}[2J" },
        { $0.gaps[0].sentence = String(repeating: "long ", count: 200) },
        { $0.schema.name = "others" }, { $0.schema.columns[1].name = "where" },
        { $0.schema.columns.removeLast() },
    ].map { (change: (inout GatheredTable) -> Void) in
        var table = table
        change(&table)
        return table
    }

    @Test(arguments: broken)
    func `a table that does not fit its schema or its state is none`(table: GatheredTable) {
        #expect(throws: PackedReader.Malformed.self) { try Self.read(table) }
    }

    @Test func `no beginning of an answer is an answer, and nothing may follow one`() {
        let bytes = WorkerReply.tables([Self.table]).bytes
        for length in bytes.indices {
            #expect(throws: PackedReader.Malformed.self) {
                try WorkerReply(Array(bytes[..<length]), schemas: [Self.schema])
            }
        }
        #expect(throws: PackedReader.Malformed.self) {
            try WorkerReply(bytes + [0], schemas: [Self.schema])
        }
    }

    @Test func `whatever byte is changed, what is understood still fits the schema`() {
        let bytes = WorkerReply.tables([Self.table]).bytes
        for index in bytes.indices {
            for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF, bytes[index] ^ 1, bytes[index] &+ 1] {
                var changed = bytes
                changed[index] = value
                guard case .tables(let tables)? = try? WorkerReply(changed, schemas: [Self.schema]),
                    let table = tables.first
                else { continue }
                #expect(table.schema == Self.schema)
                #expect(table.rows.allSatisfy { $0.count == 3 })
                #expect(table.state == .partial && !table.gaps.isEmpty)
            }
        }
    }

    @Test func `an answer to another question is none`() {
        #expect(throws: PackedReader.Malformed.self) {
            try WorkerReply(WorkerReply.special([1]).bytes, schemas: [Self.schema])
        }
        #expect(throws: PackedReader.Malformed.self) {
            try WorkerReply(WorkerReply.tables([Self.table]).bytes, schemas: [])
        }
    }
}
