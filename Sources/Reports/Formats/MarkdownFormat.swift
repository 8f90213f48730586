import Facts
package import Probes

/// A report as Markdown, for a ticket or a wiki page.
package struct MarkdownFormat: Sendable {
    package var catalogue: Catalogue?
    package var language: Language

    /// A Markdown format; the catalogue gives obligations their words.
    package init(catalogue: Catalogue?, language: Language = .en) {
        self.catalogue = catalogue
        self.language = language
    }

    /// The report as a document.
    package func text(of report: Report) -> String {
        let machine = report.target ?? report.host
        var lines = [
            "# Assay report \(safe(report.reportId))", "",
            "- host: \(code(machine.id ?? "without id"))",
            "- role: \(safe(report.host.role?.rawValue ?? "not declared"))",
            "- started: \(safe(report.startedAt)), finished: \(safe(report.finishedAt))",
            "- overall: **\(report.overall.rawValue)**", "",
            "| obligation | verdict | running | configured | collected | judged | excluded | |",
            "|---|---|---|---|---|---|---|---|",
        ]
        lines += report.clauses.flatMap(\.obligations).filter { $0.reason != "notMeasured" }
            .map(row)
        lines += problems(of: report, .fail, "Failed")
        lines += problems(of: report, .unknown, "Unknown, and why")
        lines += ["", "## What this report cannot show", ""]
        lines += report.limits.map { "- \(safe($0))" }
        let missing = report.clauses.flatMap(\.obligations).filter { $0.reason == "notMeasured" }
        lines += ["", "Not measured here: " + missing.map { safe($0.id) }.joined(separator: ", ")]
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ obligation: Report.Obligation) -> String {
        let text = catalogue?.obligations.first { $0.id == obligation.id }?.text[language] ?? ""
        let cells = [
            safe(obligation.id), "**\(obligation.verdict.rawValue)**",
            obligation.running?.rawValue ?? "", obligation.configured?.rawValue ?? "",
            String(obligation.collected), String(obligation.judged), String(obligation.excluded),
            safe(text),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private func problems(
        of report: Report, _ verdict: Verdict, _ title: String
    ) -> [String] {
        let results = report.results.filter { $0.verdict == verdict && $0.weight == .promise }
        guard !results.isEmpty else { return [] }
        return ["", "## \(title)"] + results.flatMap { problem($0, isFailed: verdict == .fail) }
    }

    private func problem(_ result: Report.Result, isFailed: Bool) -> [String] {
        let layer = result.layer.map { ", \($0)" } ?? ""
        var lines = [
            "", "### \(safe(result.title))", "",
            "\(code(result.probe)), \(result.severity.rawValue)\(layer)", "",
        ]
        lines += result.subjects.map { subject in
            "- \(code(subject.name)): \(safe(subject.observed ?? subject.verdict.rawValue))"
        }
        lines += result.gaps.map { gap in
            "- \(code(gap.object ?? gap.table)): \(safe(gap.sentence)) (\(safe(gap.code)))"
        }
        if isFailed { lines += ["", "Repair: \(safe(result.repair))"] }
        return lines
    }

    private func code(_ text: String) -> String {
        let plain = Readable.text(text.utf8).map { $0 == "`" ? "'" : $0 == "|" ? "¦" : $0 }
        return "`\(String(plain))`"
    }

    // Every character that CommonMark or an HTML-minded renderer could act on.
    private func safe(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        var result = ""
        for character in Readable.text(words.utf8) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~", "@",
                ":":
                result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }
}
