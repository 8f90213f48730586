import Documents
import Facts

/// Files that configure the service.
package struct ConfigFilesSection: Sendable, Hashable {
    package var paths: [String]

    init?(_ key: String, from reader: inout MappingReader) {
        guard reader.node(key) != nil else { return nil }
        paths = []
        for node in reader.list(key) {
            guard let path = reader.absolutePath(node, key) else { continue }
            if paths.contains(path) {
                reader.warning("the path stands twice", at: node.mark)
            } else {
                paths.append(path)
            }
        }
    }

    static let table = FactTable<String>(
        "site_config_files", "Files that configure the service, as the operator declares them.",
        key: .column("path"), layer: .both,
        columns: [.text("path", \.self, "The file's absolute path.", privacy: .path)])
}
