import FoundationEssentials
import HostCases
import Testing

struct ScanAnswerTests {
    static func statement(_ clause: String, _ verdict: String, _ obligations: String) -> Data {
        Data(
            """
            {"predicate":{"controls":[{"id":"\(clause)","verdict":"\(verdict)","obligations":[\(obligations)]}]}}
            """.utf8)
    }

    @Test func `the clause's verdict is read from a bare statement`() {
        let output = Self.statement(
            "C5", "fail", #"{"id":"C5.1","verdict":"fail","reason":"subjectFailed"}"#)
        #expect(ScanAnswer(output, about: Label(clause: "C5", expect: .pass)) == .verdict(.fail))
    }

    @Test func `the clause's verdict is read from a signed line`() {
        let payload = Self.statement("C5", "pass", #"{"id":"C5.1","verdict":"pass"}"#)
        let line = Data(#"{"payload":"\#(payload.base64EncodedString())","signatures":[]}"#.utf8)
        #expect(ScanAnswer(line, about: Label(clause: "C5", expect: .pass)) == .verdict(.pass))
    }

    @Test func `a clause of which nothing is measured is waited for`() {
        let output = Self.statement(
            "C5", "unknown",
            #"{"id":"C5.1","verdict":"unknown","reason":"notMeasured"},{"id":"C5.3","verdict":"unknown","reason":"notMeasured"}"#
        )
        #expect(ScanAnswer(output, about: Label(clause: "C5", expect: .pass)) == .notMeasured)
        #expect(ScanAnswer(output, about: Label(clause: "C7", expect: .pass)) == .notMeasured)
    }

    @Test func `a clause whose only measured obligation is for other roles is waited for`() {
        let other = #"{"id":"C8.1d.2","verdict":"notApplicable","reason":"otherRole"}"#
        let unbuilt = #"{"id":"C8.1d.1","verdict":"unknown","reason":"notMeasured"}"#
        let label = Label(clause: "C8.1d", expect: .pass)
        let both = Self.statement("C8.1d", "notApplicable", "\(unbuilt),\(other)")
        #expect(ScanAnswer(both, about: label) == .notMeasured)
        let all = Self.statement("C8.1d", "notApplicable", other)
        #expect(ScanAnswer(all, about: label) == .verdict(.notApplicable))
    }

    @Test func `a label waits for the obligation that it hangs on`() {
        let output = Self.statement(
            "C5", "pass",
            #"{"id":"C5.1","verdict":"pass"},{"id":"C5.2","verdict":"unknown","reason":"notMeasured"}"#
        )
        let waiting = Label(clause: "C5", expect: .fail, obligation: "C5.2")
        #expect(ScanAnswer(output, about: waiting) == .notMeasured)
        let built = Label(clause: "C5", expect: .pass, obligation: "C5.1")
        #expect(ScanAnswer(output, about: built) == .verdict(.pass))
    }

    @Test func `only the obligation that the label is about counts for the firewall`() {
        let output = Self.statement(
            "C8.1b", "fail",
            #"{"id":"C8.1b.1","verdict":"fail"},{"id":"C8.1b.2","verdict":"pass"}"#)
        #expect(ScanAnswer(output, about: Label(clause: "C8.1b", expect: .pass)) == .verdict(.pass))
    }

    @Test func `the fleet's obligations fold to the worst of them`() {
        let output = Self.statement(
            "C6", "unknown",
            #"{"id":"C6.1","verdict":"pass"},{"id":"C6.2","verdict":"fail"},{"id":"C6.3","verdict":"unknown"},{"id":"C6.4","verdict":"unknown"}"#
        )
        let label = Label(clause: "C6", expect: .pass, ofFleet: true)
        #expect(ScanAnswer(output, about: label) == .verdict(.fail))
    }

    @Test func `a label about what runs looks at that layer alone`() {
        let output = Self.statement(
            "C7", "fail",
            #"{"id":"C7.2","verdict":"fail","layers":{"running":"pass","configured":"fail"}}"#)
        let label = Label(clause: "C7", expect: .pass, runningOnly: true)
        #expect(ScanAnswer(output, about: label) == .verdict(.pass))
    }

    @Test(arguments: ["", "{}", "pass", #"{"payload":"!!"}"#, #"{"payload":""}"#])
    func `what is no report is said to be none`(output: String) {
        guard
            case .malformed = ScanAnswer(
                Data(output.utf8), about: Label(clause: "C5", expect: .pass))
        else {
            Issue.record("\(output) was read as a report")
            return
        }
    }

    @Test func `a word that is no verdict is not taken for one`() {
        let output = Self.statement("C5", "ok", #"{"id":"C5.1","verdict":"ok"}"#)
        guard case .malformed = ScanAnswer(output, about: Label(clause: "C5", expect: .pass)) else {
            Issue.record("ok was taken for a verdict")
            return
        }
    }
}
