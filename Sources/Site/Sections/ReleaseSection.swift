import Documents
import Facts

/// What is launched on this host.
package struct ReleaseSection: Sendable, Hashable {
    package var name: String
    /// Exactly one of the three is there.
    package var path: String?
    package var package: String?
    package var image: String?

    init?(from reader: inout MappingReader) {
        name = reader.text("name")
        path = reader.absolutePath("path")
        package = reader.optionalText("package")
        image = reader.optionalText("image")
        let given = ["path", "package", "image"].filter { reader.keys.contains($0) }
        if given.count != 1 {
            reader.error(
                "a release is one of 'path', 'package' and 'image'", at: reader.mark,
                hint: given.isEmpty ? "add one of them" : "keep one of them")
        }
    }

    static let table = FactTable<ReleaseSection>(
        "site_releases", "What is launched here, as the operator declares it.",
        key: .column("name"), layer: .both,
        columns: [
            .text("name", \.name, "What the operator calls it."),
            .text("path", \.path, "The directory that it is.", privacy: .path),
            .text("package", \.package, "The package that it is."),
            .text("image", \.image, "The container image that it is."),
        ])
}
