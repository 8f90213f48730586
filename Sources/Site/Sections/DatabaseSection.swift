import Documents
import Facts

/// A database, and the environment that it belongs to.
package struct DatabaseSection: Sendable, Hashable {
    package var environment: String
    package var engine: String
    package var cluster: String?
    package var name: String

    init?(from reader: inout MappingReader) {
        environment = reader.text("environment")
        engine = reader.text("engine")
        cluster = reader.optionalText("cluster")
        name = reader.text("name")
    }

    static let table = FactTable<DatabaseSection>(
        "site_databases", "Databases that the operator declares.",
        key: .joined("database", ["name", "cluster", "engine", "environment"]), layer: .both,
        columns: [
            .text("environment", \.environment, "The environment that it belongs to."),
            .text("engine", \.engine, "Such as `postgresql`."),
            .text("cluster", \.cluster, "Its cluster, where there are several."),
            .text("name", \.name, "Its name."),
        ])
}
