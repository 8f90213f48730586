import Documents
import Facts

/// How long an available security update may wait.
package struct UpdatesSection: Sendable, Hashable {
    /// Whether it is declared; otherwise no update may wait.
    package var isDeclared: Bool
    package var graceDays: GraceDays

    /// What holds without a declaration.
    static let none = UpdatesSection(isDeclared: false, graceDays: .none)

    private init(isDeclared: Bool, graceDays: GraceDays) {
        self.isDeclared = isDeclared
        self.graceDays = graceDays
    }

    init(from reader: inout MappingReader, _ bounds: ContractBounds) {
        let bounds = bounds.graceDays
        let graceDays = reader.section("grace_days") { reader in
            GraceDays(
                critical: reader.bounded("critical", from: 0, to: bounds.critical) ?? 0,
                high: reader.bounded("high", from: 0, to: bounds.high) ?? 0,
                medium: reader.bounded("medium", from: 0, to: bounds.medium) ?? 0,
                low: reader.bounded("low", from: 0, to: bounds.low) ?? 0)
        }
        self.init(isDeclared: true, graceDays: graceDays ?? .none)
    }

    /// One severity and its days.
    struct Row: Sendable {
        var severity: String
        var graceDays: Int64
        var isDeclared: Bool
    }

    var rows: [Row] {
        [
            ("critical", graceDays.critical), ("high", graceDays.high),
            ("medium", graceDays.medium), ("low", graceDays.low),
        ].map { Row(severity: $0.0, graceDays: $0.1, isDeclared: isDeclared) }
    }

    static let table = FactTable<Row>(
        "site_updates", "Days that a security update may wait, as the operator declares it.",
        key: .column("severity"), layer: .both,
        columns: [
            .text("severity", \.severity, "`critical`, `high`, `medium` or `low`."),
            .integer("grace_days", \.graceDays, "Days; 0 where nothing is declared."),
            .truth("declared", \.isDeclared, "Whether the section is there."),
        ])
}
