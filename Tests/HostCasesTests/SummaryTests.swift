import HostCases
import Testing

struct SummaryTests {
    static func finding(_ name: String, _ ruling: Ruling) -> Finding {
        Finding(
            name: name, clause: "C5", summary: "a <b> & \"c\"\u{1B}", ruling: ruling,
            milliseconds: 1500)
    }
    static let all = [
        finding("a", .right), finding("b", .undecided(expected: .pass)),
        finding("c", .falsePass(expected: .fail)), finding("d", .waiting),
        finding("e", .wrong(got: .fail, expected: .pass)), finding("f", .error("checkFailed")),
        finding("g", .skipped("no overlay mounts")),
    ]

    @Test func `false passes are shown first, in red on a terminal`() throws {
        let lines = Summary(Self.all).text(colours: true).split(separator: "\n")
        #expect(lines[0].hasPrefix("clause") && lines[0].contains("false pass"))
        #expect(lines[1].split(separator: " ").joined(separator: " ") == "C5 1 1 1 1 1 1 1 10.5 s")
        #expect(lines[2].hasPrefix("\u{1B}[1;31mc  FALSE PASS"))
        #expect(lines.dropFirst(3).map(\.first) == ["e", "b", "f", "g"])
    }

    @Test(arguments: all.dropFirst().filter { $0.ruling != .waiting })
    func `a run with one bad finding is not good`(finding: Finding) {
        #expect(!Summary([Self.all[0], finding]).isGood(complete: false))
    }

    @Test func `a run of right verdicts is good, and complete when none waits`() {
        #expect(Summary([Self.all[0]]).isGood(complete: true))
        #expect(Summary([Self.all[0], Self.all[3]]).isGood(complete: false))
        #expect(!Summary([Self.all[0], Self.all[3]]).isGood(complete: true))
        #expect(!Summary([]).isGood(complete: false))
    }

    @Test func `JUnit counts and escapes`() {
        let text = JUnit(Self.all).text
        #expect(
            text.contains(#"<testsuite name="C5" tests="7" failures="3" errors="1" skipped="2">"#))
        #expect(text.contains(#"name="c" time="1.500"><failure type="falsePass""#))
        #expect(text.contains("a &lt;b&gt; &amp; &quot;c&quot;?"))
        #expect(!text.unicodeScalars.contains("\u{1B}"))
    }
}
