/// The findings of a run as a JUnit file: a suite a clause, a test case a finding.
package struct JUnit: Sendable {
    private let findings: [Finding]

    /// A file of findings in any order.
    package init(_ findings: [Finding]) {
        self.findings = findings
    }

    /// The text of the file.
    package var text: String {
        let suites = Set(findings.map(\.clause)).sorted().map { clause in
            suite(clause, findings.filter { $0.clause == clause })
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hosts\">\n"
            + suites.joined() + "</testsuites>\n"
    }

    private func suite(_ clause: String, _ findings: [Finding]) -> String {
        let bodies = findings.map(body)
        func count(_ element: String) -> Int { bodies.count { $0.hasPrefix("<\(element)") } }
        let cases = zip(findings, bodies).map { finding, body in
            "    <testcase classname=\"\(escaped(clause))\" name=\"\(escaped(finding.name))\""
                + " time=\"\(seconds(finding.milliseconds))\">\(body)</testcase>\n"
        }
        return "  <testsuite name=\"\(escaped(clause))\" tests=\"\(findings.count)\""
            + " failures=\"\(count("failure"))\" errors=\"\(count("error"))\" skipped=\"\(count("skipped"))\">\n"
            + cases.joined() + "  </testsuite>\n"
    }

    private func body(_ finding: Finding) -> String {
        let message = escaped("\(finding.ruling.words) (\(finding.summary))")
        switch finding.ruling {
        case .right: return ""
        case .falsePass: return "<failure type=\"falsePass\" message=\"\(message)\"/>"
        case .wrong: return "<failure type=\"wrong\" message=\"\(message)\"/>"
        case .undecided: return "<failure type=\"undecided\" message=\"\(message)\"/>"
        case .error: return "<error message=\"\(message)\"/>"
        case .waiting, .skipped: return "<skipped message=\"\(message)\"/>"
        }
    }

    private func seconds(_ milliseconds: Int) -> String {
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    /// XML 1.0 has no way to write control characters; they become question marks.
    private func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\t", "\n", "\r": " "
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                "?"
            default: String(scalar)
            }
        }.joined()
    }
}
