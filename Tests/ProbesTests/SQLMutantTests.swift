import Probes
import Testing

@Suite struct SQLMutantTests {
    private func names(_ sql: String, _ part: SQLText.Part = .judge) throws -> [String] {
        let text = try #require(SQLText(part, sql))
        return SQLMutant.all(of: text).map { String($0.name.dropFirst(part.rawValue.count + 2)) }
    }

    private func judging(_ ok: String) -> String {
        "SELECT a AS subject, \(ok) AS ok, 'x' AS observed FROM t"
    }

    @Test(arguments: [
        ("a = 1", ["a = 1 -> a <> 1", "a = 1 -> a = 2", "a = 1 -> a = 0"]),
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a IS NOT NULL", ["a IS NOT NULL -> a IS NULL"]),
        (
            "a IN ('x', 'y')",
            [
                "a IN ('x', 'y') -> a NOT IN ('x', 'y')", "a IN ('x', 'y') -> a IN ( 'y')",
                "a IN ('x', 'y') -> a IN ('x' )", "a IN ('x', 'y') -> a IN ( 'x~' , 'y')",
                "a IN ('x', 'y') -> a IN ('x', 'y~' )",
            ]
        ),
        (
            "a BETWEEN 1 AND b",
            [
                "a BETWEEN 1 AND b -> a NOT BETWEEN 1 AND b",
                "a BETWEEN 1 AND b -> a BETWEEN 2 AND b",
                "a BETWEEN 1 AND b -> a BETWEEN 0 AND b",
            ]
        ),
        (
            "EXISTS (SELECT b FROM u)",
            [
                "EXISTS (SELECT b FROM u) -> NOT EXISTS (SELECT b FROM u)"
            ]
        ),
        ("NOT a", ["NOT a AS ok -> a AS ok"]),
        ("good", ["good AS ok -> NOT (good) AS ok"]),
        ("a LIKE 'x%'", ["a LIKE 'x%' -> a NOT LIKE 'x%'", "a LIKE 'x%' -> a LIKE 'x%~'"]),
        ("min(a)", ["min(a) AS ok -> NOT (min(a)) AS ok", "min(a) AS ok -> max (a) AS ok"]),
        (
            "CASE a WHEN 'x' THEN 1 WHEN 'y' THEN 0 END",
            [
                "WHEN 'x' THEN 1 -> (removed)", "WHEN 'y' THEN 0 -> (removed)",
                "WHEN 'x' THEN 1 -> WHEN 'x' THEN 0", "WHEN 'x' THEN 1 -> WHEN 'x' THEN NULL",
                "WHEN 'x' THEN 1 -> WHEN 'x~' THEN 1", "WHEN 'x' THEN 1 -> WHEN 'x' THEN 2",
                "WHEN 'y' THEN 0 -> WHEN 'y' THEN 1", "WHEN 'y' THEN 0 -> WHEN 'y' THEN NULL",
                "WHEN 'y' THEN 0 -> WHEN 'y~' THEN 0",
            ]
        ),
        (
            "CASE WHEN a THEN 1 ELSE b END",
            [
                "CASE WHEN a THEN 1 ELSE b END -> b", "ELSE b -> (removed)",
                "WHEN a THEN 1 -> WHEN 1 THEN 1", "WHEN a THEN 1 -> WHEN NOT (a) THEN 1",
                "WHEN a THEN 1 -> WHEN a THEN 0", "WHEN a THEN 1 -> WHEN a THEN NULL",
                "WHEN a THEN 1 -> WHEN a THEN 2",
            ]
        ),
    ])
    func `every part of a condition is changed`(ok: String, expected: [String]) throws {
        let names = try names(judging(ok))
        #expect(Set(names) == Set(expected))
        #expect(names.count == expected.count)
    }

    @Test func `conditions, sides, joins and arms are dropped`() throws {
        let names = try names(
            """
            SELECT t.a AS subject, u.b AS ok, 'x' AS observed
            FROM   t
            LEFT JOIN u ON u.a = t.a
            WHERE  t.c AND t.d
            UNION ALL
            SELECT v.a, NULL, v.c FROM v
            """)
        for expected in [
            "LEFT JOIN u ON u.a = t.a -> (removed)",
            "LEFT JOIN u ON u.a = t.a -> JOIN u ON u.a = t.a", "ON u.a = t.a -> ON 1",
            "WHERE t.c AND t.d -> (removed)", "t.c AND t.d -> t.c", "t.c AND t.d -> t.d",
            "UNION ALL SELECT v.a, NULL, v.c FROM v -> (removed)",
            "NULL -> 0", "NULL -> 1",
        ] {
            #expect(names.contains(expected), "\(expected) is not among \(names)")
        }
    }

    @Test func `what only people read is not changed`() throws {
        let words = "CASE c WHEN 1 THEN 'one' ELSE 'more' END"
        #expect(try names("SELECT a AS subject, b AS ok, \(words) AS observed FROM t").count == 1)
        #expect(try names("SELECT a AS subject, \(words) AS reason FROM t", .exclude) == [])
        #expect(
            try names(
                "SELECT subject, ok, observed FROM (SELECT a AS subject, b AS ok, \(words) AS "
                    + "observed FROM t)"
            ).count == 1)
    }

    @Test func `two changes that read alike have different names`() throws {
        let names = try names(judging("(a = b) + (a = b)"))
        #expect(names.contains("a = b -> a <> b"))
        #expect(names.contains("a = b -> a <> b (2)"))
    }

    @Test(arguments: [
        "SELECT a -- x\n, /* y */ b, c FROM t", "SELECT DISTINCT a, b, c FROM t AS u, v w",
        "WITH x (a) AS (SELECT 1), y AS NOT MATERIALIZED (SELECT 2) SELECT a, 1, 2 FROM x",
        "WITH RECURSIVE n AS (SELECT 1 UNION SELECT 2) SELECT 1, 2, 3 FROM n LIMIT 3 OFFSET 1",
        "SELECT a, count(*), max(b) FROM t GROUP BY a HAVING count(*) > 1 ORDER BY a DESC, b",
        "SELECT a, sum(b) FILTER (WHERE c) OVER (PARTITION BY d ORDER BY e), 1 FROM t",
        "SELECT CAST(a AS TEXT), -b, a || 'it''s' COLLATE NOCASE FROM main.t",
        "SELECT \"a\", [b], `c` FROM t NATURAL JOIN u CROSS JOIN v JOIN w USING (a, b)",
        "SELECT a, b IS NOT DISTINCT FROM c, x'00' FROM (t JOIN u ON 1) LEFT OUTER JOIN v",
        "SELECT a, b NOTNULL, c ISNULL FROM t WHERE a NOT NULL AND b NOT LIKE 'x' ESCAPE '!'",
        "SELECT group_concat(DISTINCT a), 1.5e3, .5 FROM t WHERE (a, b) IN (SELECT 1, 2)",
        "SELECT a, NOT EXISTS (SELECT 1), ~b & c << 2 FROM t WHERE a IN () OR b GLOB 'x*'",
    ])
    func `the SELECTs that probes need are understood`(sql: String) {
        #expect(SQLText(.judge, sql) != nil)
    }

    @Test(arguments: [
        "", "SELECT", "SELECT a FROM", "SELECT a FROM t WHERE", "VALUES (1)", "SELECT 'a",
        "SELECT (a",
        "SELECT a FROM t; SELECT b FROM t", "SELECT a /* x", "SELECT CASE a END x FROM t t t",
    ])
    func `what is not understood is refused, and not half understood`(sql: String) {
        #expect(SQLText(.judge, sql) == nil)
    }

    @Test func `a SELECT that is cut off anywhere is refused or read, never half changed`() {
        let sql = """
            WITH x AS (SELECT a, count(*) FILTER (WHERE b) AS n FROM t GROUP BY a HAVING n > 1)
            SELECT x.a AS subject, CASE WHEN n IN (1, 2) AND NOT x.a LIKE 'é%' THEN 1 END AS ok,
                   printf('%d', n) AS observed
            FROM   x LEFT JOIN u ON u.a IS x.a AND EXISTS (SELECT 1 FROM v WHERE v.a BETWEEN 1 AND 2)
            """
        #expect(SQLText(.judge, sql) != nil)
        for length in 0..<sql.utf8.count {
            let part = String(decoding: Array(sql.utf8).prefix(length), as: UTF8.self)
            guard let text = SQLText(.judge, part) else { continue }
            let mutants = SQLMutant.all(of: text)
            #expect(mutants.allSatisfy { $0.sql != part && SQLToken.tokens(of: $0.sql) != nil })
            #expect(Set(mutants.map(\.name)).count == mutants.count)
        }
    }
}
