import Facts
package import Probes

/// A report for a person at a terminal: verdicts, what failed, what is unknown and why.
package struct TextFormat: Sendable {
    package var catalogue: Catalogue?
    package var palette: Palette
    package var language: Language
    /// Puts names in the place of pseudonyms, on the host's own terminal.
    package var reveal: @Sendable (String) -> String

    /// A text format; the catalogue gives obligations their words.
    package init(
        catalogue: Catalogue?, palette: Palette, language: Language = .en,
        reveal: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.catalogue = catalogue
        self.palette = palette
        self.language = language
        self.reveal = reveal
    }

    /// The report as lines.
    package func text(of report: Report) -> String {
        var lines = head(of: report)
        lines += clauses(of: report)
        lines += section("Failed", problems(of: report, .fail, .promise))
        lines += section("Unknown, and why", problems(of: report, .unknown, .promise))
        lines += section(
            "Advice (changes no verdict)",
            problems(of: report, .fail, .advice) + problems(of: report, .unknown, .advice))
        lines += section("Coverage", coverage(of: report))
        lines += section("What this report cannot show", report.limits.map { "  \(safe($0))" })
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(of report: Report) -> [String] {
        let machine = report.target ?? report.host
        let system = [machine.osId, machine.osVersion].compactMap(\.self).joined(separator: " ")
        let declared = [
            report.host.role.map(\.rawValue) ?? "no role declared", report.host.environment,
        ].compactMap(\.self).joined(separator: ", ")
        let what = report.target == nil ? "host" : "root of host"
        return [
            palette.heading(
                "assay \(safe(report.toolVersion)) · \(what) \(safe(machine.id ?? "without id"))"),
            [safe(system), safe(declared), safe(report.startedAt)].filter { !$0.isEmpty }
                .joined(separator: " · "),
        ]
    }

    private func clauses(of report: Report) -> [String] {
        let measured = report.clauses.filter(\.isMeasured)
        guard !measured.isEmpty else { return ["", "Nothing was measured."] }
        return measured.flatMap { clause in
            let title = catalogue?.clauses.first { $0.id == clause.id }?.title[language] ?? ""
            let head = pad(safe(clause.id), 8) + word(clause.verdict) + safe(title)
            return ["", palette.heading(head)]
                + clause.obligations.filter { $0.reason != "notMeasured" }.flatMap(obligation)
        }
    }

    private func obligation(_ obligation: Report.Obligation) -> [String] {
        let text = catalogue?.obligations.first { $0.id == obligation.id }?.text[language] ?? ""
        let layers = [("running", obligation.running), ("configured", obligation.configured)]
            .compactMap { name, verdict in verdict.map { "\(name) \($0.rawValue)" } }
            .joined(separator: ", ")
        let counts =
            obligation.collected == 0
            ? ""
            : "\(obligation.collected) collected = \(obligation.judged) judged + "
                + "\(obligation.excluded) excluded"
        let why = obligation.verdict == .pass ? "" : safe(obligation.reason)
        let details = [layers, why, counts].filter { !$0.isEmpty }.joined(separator: " · ")
        return [
            "  " + pad(safe(obligation.id), 8) + word(obligation.verdict) + safe(text),
            palette.quiet("          \(details)"),
        ]
    }

    private func problems(
        of report: Report, _ verdict: Verdict, _ weight: Probe.Weight
    ) -> [String] {
        report.results.filter { $0.verdict == verdict && $0.weight == weight }.flatMap { result in
            let layer = result.layer.map { ", \($0)" } ?? ""
            var lines = [
                "  " + palette.word(mark(verdict), verdict)
                    + " \(safe(result.title)) "
                    + palette.quiet("(\(safe(result.probe)), \(result.severity.rawValue)\(layer))")
            ]
            lines += result.subjects.prefix(Self.mostSubjects).map(subject)
            let more = result.subjects.count - Self.mostSubjects
            if more > 0 { lines.append("      … and \(more) more") }
            lines += reasons(of: result)
            if !result.repair.isEmpty, verdict == .fail {
                lines.append("      repair: \(oneLine(result.repair))")
            }
            return lines
        }
    }

    private func subject(_ subject: Report.Subject) -> String {
        let observed = subject.observed.map { ": \(safe($0))" } ?? ""
        return "      " + palette.word(mark(subject.verdict), subject.verdict)
            + " \(safe(subject.name))\(observed)"
    }

    private func reasons(of result: Report.Result) -> [String] {
        var lines: [String] = []
        if result.verdict == .unknown, result.gaps.isEmpty {
            lines.append("      why: \(safe(result.reason))")
        }
        if let error = result.error { lines.append("      the probe's answer: \(safe(error))") }
        lines += result.gaps.prefix(Self.mostSubjects).map { gap in
            let object = gap.object.map { "\(safe($0)): " } ?? ""
            return "      why: \(object)\(safe(gap.sentence)) (\(safe(gap.code)), table "
                + "\(safe(gap.table)))"
        }
        let more = result.gaps.count - Self.mostSubjects
        if more > 0 { lines.append("      … and \(more) more reasons") }
        return lines
    }

    private func coverage(of report: Report) -> [String] {
        let obligations = report.clauses.flatMap(\.obligations)
        var lines = ["  \(report.counted.count) of \(obligations.count) obligations count here"]
        let missing = Dictionary(grouping: obligations.filter { $0.reason == "notMeasured" }) {
            $0.decides.first ?? "nobody"
        }
        for (decider, list) in missing.sorted(by: { $0.key < $1.key }) {
            let ids = list.map { safe($0.id) }.joined(separator: " ")
            lines.append("  not measured here, decided by \(safe(decider)): \(ids)")
        }
        return lines
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", palette.heading(title)] + lines
    }

    private func word(_ verdict: Verdict) -> String {
        palette.word(pad(verdict.rawValue, 15), verdict)
    }

    private func mark(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: "✓"
        case .fail: "✗"
        case .unknown: "?"
        case .notApplicable: "–"
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private func oneLine(_ text: String) -> String {
        safe(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    // Whatever a host or a file says, a terminal is told nothing but text.
    private func safe(_ text: String) -> String {
        reveal(Readable.text(text.utf8))
    }

    private static let mostSubjects = 20
}
