import Documents
import Facts

/// Which interfaces lie inside; all others but `lo` are outside.
package struct InterfacesSection: Sendable, Hashable {
    package var inside: [String]

    init?(from reader: inout MappingReader) {
        inside = []
        for node in reader.list("inside") {
            guard let name = reader.interfaceName(node, "inside") else { continue }
            if inside.contains(name) {
                reader.warning("the interface stands twice", at: node.mark)
            } else {
                inside.append(name)
            }
        }
    }

    static let table = FactTable<String>(
        "site_interfaces", "Interfaces that the operator declares inside.", key: .column("inside"),
        layer: .both, columns: [.text("inside", \.self, "The interface's name.")])
}
