package import Facts

/// Clear texts that may be passwords, left by installers, provisioning and people; never the text.
///
/// Read from what cloud-init, Anaconda, the Debian installer, Ansible and vsftpd leave, and from the
/// histories of shells; each is tried with crypt(3) against the stored passwords.
package struct ProvisioningLeftovers: Collector {
    /// One text at one place.
    package struct Row: Sendable, Equatable {
        var account: String?
        var item: String
        var source: String
        var verifies: Bool?
    }

    package static let table = FactTable<Row>(
        "provisioning_leftovers", "Clear texts that may be passwords, and whether they are.",
        key: .joined("candidate", ["item", "source"]),
        columns: [
            .text(
                "account", \.account,
                "Whose password it is, or is said to be; NULL if it is not said.",
                privacy: .account),
            .text("item", \.item, "Key or command, and its line."),
            .text("source", \.source, "File that holds it.", privacy: .path),
            .truth(
                "verifies", \.verifies,
                "Whether it is the password of an account; NULL if that was not found out."),
        ])

    /// Stateless.
    package init() {}

    /// Reads every file that is there, and tries what it finds.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        let files = LeftoverFiles(on: host)
        var gaps = files.gaps.map { $0.told(in: name) }
        var found: [(HostPath, PasswordCandidate)] = []
        for (path, kind) in files.files {
            do throws(HostError) {
                let lines = try host.lines(of: path).map {
                    String(validating: $0, as: UTF8.self) ?? ""
                }
                found += Self.distinct(LeftoverText(lines, kind).candidates).map { (path, $0) }
            } catch {
                if error.code != .notFound { gaps.append(Gap(error, in: name)) }
            }
        }
        guard !found.isEmpty else { return .rows([], gaps: gaps) }
        if found.count > PasswordCandidate.limit {
            gaps.append(Gap(.tooLarge, in: name, "more texts than are tried"))
            found.removeLast(found.count - PasswordCandidate.limit)
        }
        let rows = rows(of: found, against: StoredPasswords(on: host), &gaps)
        return .rows(rows, gaps: gaps)
    }

    // Two readings of one line may give one text.
    private static func distinct(_ candidates: [PasswordCandidate]) -> [PasswordCandidate] {
        var seen: Set<[UInt8]> = []
        return candidates.filter { seen.insert($0.password + Array(" \($0.line)".utf8)).inserted }
    }

    private func rows(
        of found: [(HostPath, PasswordCandidate)], against stored: StoredPasswords,
        _ gaps: inout [Gap]
    ) -> [Row] {
        var trial = CandidateTrial(against: stored.passwords)
        var keys: [[String]: Int] = [:]
        return found.map { path, candidate in
            var row = Row(
                account: candidate.account.map { Readable.text($0.utf8) },
                item: "\(Readable.text(candidate.item.utf8)), line \(candidate.line)",
                source: path.description)
            switch trial.outcome(of: candidate) {
            case .matches(let account):
                row.account = account
                row.verifies = true
            case .matchesNone:
                if let unseen = stored.gaps.first {
                    gaps.append(gap(unseen.code, path, "not all stored passwords were seen"))
                } else {
                    row.verifies = false
                }
            case .tooMany:
                gaps.append(gap(.tooLarge, path, "trying the text would take too long"))
            case .notAvailable:
                gaps.append(gap(.notAvailable, path, "crypt(3) cannot try the text"))
            }
            let count = keys[[row.item, row.source], default: 0] + 1
            keys[[row.item, row.source]] = count
            if count > 1 { row.item += " (\(count))" }
            return row
        }
    }

    private func gap(_ code: GapCode, _ path: HostPath, _ sentence: String) -> Gap {
        Gap(
            code, in: Self.table.schema.name, of: path.description, columns: ["verifies"], sentence)
    }
}
