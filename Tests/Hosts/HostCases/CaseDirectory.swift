import FoundationEssentials

/// A directory with the inputs of a case and what happened to it; `case.sh` explains its files.
package struct CaseDirectory: Sendable {
    package let path: String

    /// The directory at an absolute path.
    package init(_ path: String) {
        self.path = path
    }

    /// Writes the inputs of a case.
    package func write(_ hostCase: HostCase) throws {
        for (name, text) in hostCase.files {
            let file = "\(path)/\(name)"
            try FileManager.default.createDirectory(
                atPath: String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex)),
                withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: file))
        }
    }

    /// What came out: one finding, and one more for the scan after shutdown.
    package func findings() -> [Finding] {
        guard let label = label() else {
            return [finding(.error("its directory is damaged"), after: "")]
        }
        let outcome = (text("outcome") ?? "").split(separator: "\n", maxSplits: 1)
        guard let word = outcome.first else {
            return [finding(.skipped("it was not run"), after: "")]
        }
        let why = outcome.dropFirst().first.map { $0.split(separator: "\n").joined(separator: " ") }
        switch word {
        case "scanned": return scanned(label)
        case "waiting": return [finding(.waiting, after: "")]
        case "skipped": return [finding(.skipped(why ?? "no reason given"), after: "")]
        default: return [finding(.error("\(word): \(why ?? "no reason given")"), after: "")]
        }
    }

    private func scanned(_ label: Label) -> [Finding] {
        let answer = ScanAnswer(
            data(label.ofFleet ? "fleet.json" : "scan.json") ?? Data(), about: label)
        var findings = [
            finding(Ruling(answer, expected: label.expect, accepted: label.accept), after: "")
        ]
        if let expected = label.offline, line("way") == "booted" {
            let output = data("offline.json") ?? Data()
            let ruling = Ruling(
                ScanAnswer(output, about: label), expected: expected, accepted: [])
            findings.append(finding(ruling, after: " after shutdown"))
        }
        return findings
    }

    private func finding(_ ruling: Ruling, after suffix: String) -> Finding {
        let name = path.split(separator: "/").last ?? ""
        return Finding(
            name: name + suffix, clause: line("clause") ?? "", summary: line("summary") ?? "",
            ruling: ruling,
            milliseconds: suffix.isEmpty ? line("milliseconds").flatMap { Int($0) } ?? 0 : 0)
    }

    private func label() -> Label? {
        guard let clause = line("clause"), let expect = line("expect").flatMap(Answer.init)
        else { return nil }
        return Label(
            clause: clause, expect: expect,
            accept: (text("accept") ?? "").split(separator: "\n").compactMap {
                Answer(rawValue: String($0))
            },
            offline: line("offline").flatMap(Answer.init), runningOnly: text("layer") != nil,
            ofFleet: text("fleet.yaml") != nil,
            obligation: line("obligation"))
    }

    private func line(_ name: String) -> String? {
        text(name)?.split(separator: "\n").first.map(String.init)
    }

    private func text(_ name: String) -> String? {
        data(name).map { String(decoding: $0, as: UTF8.self) }
    }

    private func data(_ name: String) -> Data? {
        try? Data(contentsOf: URL(filePath: "\(path)/\(name)"))
    }
}
