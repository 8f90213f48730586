import Agent
import Collectors
import Facts
import Site

/// The manual of the tables, made from the tables themselves.
enum FactsManual {
    /// Every table, its key and its columns.
    static var text: String {
        let schemas =
            allCollectors.map(\.schema) + SiteFile.schemas
            + [FactStore.scanSchema, FactStore.gapsSchema]
        return schemas.sorted { $0.name < $1.name }.map(text).joined(separator: "\n")
    }

    private static func text(of schema: TableSchema) -> String {
        let key = schema.key.columns.joined(separator: ", ")
        let width = schema.columns.map(\.name.count).max() ?? 0
        let columns = schema.columns.map { column in
            let name = column.name + String(repeating: " ", count: width - column.name.count)
            let privacy = column.privacy == .plain ? "" : " Personal."
            return "  \(name)  \(column.type.rawValue)  \(column.documentation)\(privacy)"
        }
        return """
            \(schema.name)
              \(schema.documentation) Key: \(key). Layer: \(schema.layer.rawValue).
            \(columns.joined(separator: "\n"))

            """
    }
}
