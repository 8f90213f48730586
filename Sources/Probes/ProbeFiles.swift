package import Documents

/// The files of a directory of probes, by what they hold.
package struct ProbeFiles: Sendable, Hashable {
    /// `controls/appendix-c.yaml`, where there is one.
    package var catalogue: SourceFile?
    package var probes: [SourceFile]
    /// `<name>.cases.yaml`.
    package var cases: [SourceFile]

    /// Sorts files; other frameworks below `controls/` are no probes.
    package init(_ files: [SourceFile]) {
        let controls = files.filter { $0.name.split(separator: "/").dropLast().last == "controls" }
        catalogue = controls.first { $0.name.hasSuffix("/appendix-c.yaml") }
        let others = files.filter { !controls.contains($0) }
        cases = others.filter { $0.name.hasSuffix(".cases.yaml") }
        probes = others.filter { !$0.name.hasSuffix(".cases.yaml") && $0.name.hasSuffix(".yaml") }
    }
}
