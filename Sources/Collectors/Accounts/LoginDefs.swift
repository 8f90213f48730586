package import Facts

/// The settings of login.defs(5).
package struct LoginDefs: Collector {
    /// One setting.
    package struct Row: Sendable, Equatable {
        var name: String
        var value: String
    }

    package static let table = FactTable<Row>(
        "login_defs", "Settings of login.defs, as the tools of the shadow suite take them.",
        key: .column("name"),
        columns: [
            .text("name", \.name, "Name of the setting."),
            .text("value", \.value, "Its value; the last line counts."),
        ])

    /// Stateless.
    package init() {}

    /// Reads the file, or the vendor's and its fragments.
    package func collect(from host: some HostView) -> Gathered<Row> {
        do throws(HostError) {
            let values = try LoginDefinitions(on: host).values
            return .complete(
                values.sorted { $0.key < $1.key }.map { Row(name: $0.key, value: $0.value) })
        } catch {
            return .unavailable(Gap(error, in: Self.table.schema.name))
        }
    }
}
