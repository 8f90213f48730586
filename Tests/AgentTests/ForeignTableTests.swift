import Agent
import Facts
import Probes
import Testing

/// What a foreign collector prints becomes its whole table, or none of it.
struct ForeignTableTests {
    static func collector(_ run: HostPath = "/collector") -> Probe.ForeignCollector {
        let columns: [(String, ColumnType)] = [
            ("door", .text), ("locks", .integer), ("layer", .text),
        ]
        return Probe.ForeignCollector(
            run: run,
            table: TableSchema(
                name: "doors", documentation: "", key: .column("door"), layer: .both,
                columns: columns.map { name, type in
                    ColumnSchema(name: name, type: type, documentation: "", privacy: .plain)
                }))
    }

    static func table(_ output: String) -> GatheredTable {
        ForeignTable(collector()).gathered(from: Array(output.utf8))
    }

    static func row(_ door: String, _ locks: String, _ layer: String = #""running""#) -> String {
        #"{"door":\#(door),"locks":\#(locks),"layer":\#(layer)}"#
    }

    @Test func `rows are read in their order, whatever the order of their members`() {
        let table = Self.table(
            """
            [ {"layer": "running", "locks": -2, "door": "front"},
              {"door": "back", "locks": null, "layer": "configured"} ]

            """)
        #expect(table.state == .complete)
        #expect(
            table.rows == [
                [.text("front"), .integer(-2), .text("running")],
                [.text("back"), .null, .text("configured")],
            ])
    }

    @Test func `no row is knowledge, and nothing printed is not`() {
        #expect(Self.table("[]").state == .complete)
        #expect(Self.table("").gaps.map(\.code) == [.notParsed])
    }

    @Test func `a control character is written out`() {
        let rows = Self.table("[\(Self.row(#""a\u001b[2J\nb""#, "1"))]").rows
        #expect(rows == [[.text(#"a\x1b[2J\x0ab"#), .integer(1), .text("running")]])
    }

    @Test(arguments: [
        "garbage", "null", "{}", "[[]]", "[1]", "[{}]", "[" + row(#""a""#, "1"),
        "[" + row(#""a""#, "1") + "]]", "[" + row(#""a""#, "1") + "] []",
        row(#""a""#, "1") + "\n" + row(#""b""#, "1"),
        "[" + row(#""a""#, #""1""#) + "]", "[" + row("1", "1") + "]",
        "[" + row(#""a""#, "1.0") + "]", "[" + row(#""a""#, "1e3") + "]",
        "[" + row(#""a""#, "true") + "]", "[" + row(#""a""#, "9223372036854775808") + "]",
        "[" + row("1.5", "1") + "]", "[" + row("null", "1") + "]",
        "[" + row(#""a\u0000""#, "1") + "]", "[" + row("\"a\0\"", "1") + "]",
        "[" + row(#""\ud800""#, "1") + "]", "[" + row(#"["a"]"#, "1") + "]",
        "[" + row(#""a""#, "1", "null") + "]", "[" + row(#""a""#, "1", #""Running""#) + "]",
        #"[{"door":"a","locks":1}]"#, #"[{"door":"a","locks":1,"layer":"running","more":1}]"#,
        #"[{"door":"a","locks":1,"door":"b"}]"#,
        #"[{"door":"a","locks":1,"lay\u0065r":"running","layer":"running"}]"#,
        "[" + row(#""a""#, "1") + "," + row(#""b""#, #""2""#) + "]",
    ])
    func `one bad row, and nothing of the table is believed`(output: String) {
        let table = Self.table(output)
        #expect(table.state == .unavailable && table.rows.isEmpty)
        #expect(table.gaps.map(\.code).allSatisfy { $0 == .notParsed || $0 == .tooLarge })
    }

    @Test func `what is not UTF-8 is not believed`() {
        let bytes = Array("[".utf8) + Array(Self.row(#""a"#, "1").utf8) + [0xFF]
        let table = ForeignTable(Self.collector()).gathered(from: bytes)
        #expect(table.gaps.map(\.code) == [.notParsed])
    }

    @Test func `more rows than the limit, or a longer text, is too large`() {
        let rows = Array(repeating: Self.row(#""a""#, "1"), count: ForeignTable.rowLimit + 1)
        #expect(Self.table("[\(rows.joined(separator: ","))]").gaps.map(\.code) == [.tooLarge])
        let text = "\"" + String(repeating: "a", count: 70_000) + "\""
        #expect(Self.table("[\(Self.row(text, "1"))]").gaps.map(\.code) == [.tooLarge])
    }

    @Test(arguments: ["garbage", "[]]", #"[{"secret":"hunter2"}]"#])
    func `a gap names the collector, and nothing that it printed`(output: String) {
        let gaps = Self.table(output).gaps
        #expect(gaps.map(\.object) == ["/collector"])
        #expect(gaps.allSatisfy { !$0.sentence.contains("garbage") })
        #expect(gaps.allSatisfy { !$0.sentence.contains("secret") })
    }
}
