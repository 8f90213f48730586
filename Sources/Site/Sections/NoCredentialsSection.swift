import Documents
import Facts

/// A database that holds no passwords of the service's accounts, and why.
package struct NoCredentialsSection: Sendable, Hashable {
    package var engine: String
    package var cluster: String?
    package var name: String
    package var reason: String

    init?(from reader: inout MappingReader) {
        engine = reader.text("engine")
        cluster = reader.optionalText("cluster")
        name = reader.text("name")
        reason = reader.text("reason")
    }

    static let table = FactTable<NoCredentialsSection>(
        "site_no_credentials", "Databases that hold no passwords, as the operator declares it.",
        key: .joined("database", ["name", "cluster", "engine"]), layer: .both,
        columns: [
            .text("engine", \.engine, "Such as `postgresql`."),
            .text("cluster", \.cluster, "Its cluster, where there are several."),
            .text("name", \.name, "Its name."),
            .text("reason", \.reason, "Why it holds none."),
        ])
}
