import Documents
import Facts

/// Where the service's own accounts keep their passwords.
package struct CredentialStoreSection: Sendable, Hashable {
    /// How the store is read.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case postgresqlTable = "postgresql-table"
        case mysqlTable = "mysql-table"
        case sqliteTable = "sqlite-table"
        case htpasswd
    }

    package var kind: Kind
    package var connection: String?
    package var path: String?
    package var table: String?
    package var column: String?

    init?(from reader: inout MappingReader) {
        let kind = reader.choice("kind", of: Kind.self)
        connection = reader.optionalText("connection")
        path = reader.absolutePath("path")
        table = reader.optionalText("table")
        column = reader.optionalText("column")
        guard let kind else { return nil }
        self.kind = kind
        let given = [
            ("connection", connection), ("path", path), ("table", table), ("column", column),
        ]
        for (key, value) in given {
            if kind.keys.contains(key), value == nil, reader.node(key) == nil {
                reader.error("missing key '\(key)'", at: reader.mark)
            } else if !kind.keys.contains(key), value != nil {
                reader.error(
                    "'\(key)' says nothing about \(kind.rawValue)", at: reader.mark(ofKey: key))
            }
        }
    }

    static let declarations = FactTable<CredentialStoreSection>(
        "site_credential_stores", "Password stores of the service, as the operator declares them.",
        key: .joined("store", ["kind", "connection", "path", "table", "column"]), layer: .both,
        columns: [
            .text("kind", \.kind.rawValue, "How it is read."),
            .text("connection", \.connection, "How the database is reached."),
            .text("path", \.path, "The file that it is.", privacy: .path),
            .text("table", \.table, "The table with the passwords."),
            .text("column", \.column, "The column with the passwords."),
        ])
}

extension CredentialStoreSection.Kind {
    /// The keys that say where such a store is.
    fileprivate var keys: [String] {
        switch self {
        case .postgresqlTable, .mysqlTable: ["connection", "table", "column"]
        case .sqliteTable: ["path", "table", "column"]
        case .htpasswd: ["path"]
        }
    }
}

extension MappingReader {
    /// An absolute path, which may be missing.
    mutating func absolutePath(_ key: String) -> String? {
        node(key).flatMap { absolutePath($0, key) }
    }

    /// The absolute path that a value is; a mistake is reported, and then it is nil.
    mutating func absolutePath(_ node: YAMLNode, _ key: String) -> String? {
        guard let path = text(node, key) else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasPrefix("/"), !parts.contains(".."), !path.contains("\0") else {
            error("'\(key)' must be an absolute path without '..'", at: node.mark)
            return nil
        }
        return path
    }
}
