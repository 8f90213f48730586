import Documents

extension SiteFile {
    /// Says what contradicts itself about environments; each can still be judged, as unknown.
    func checkEnvironments(in reader: inout MappingReader) {
        let names = environments.map(\.name)
        if let environment, !names.isEmpty, !names.contains(environment) {
            reader.warning(
                "the environment is not one of 'environments'", at: reader.mark(of: "environment"),
                hint: Suggestion.hint(for: environment, among: names))
        }
        for (index, one) in environments.enumerated() {
            for other in environments[(index + 1)...] {
                let overlap = one.networks.first { network in
                    other.networks.contains { $0.overlaps(network) }
                }
                guard let overlap else { continue }
                reader.warning(
                    "\(overlap.text) is of '\(one.name)' and of '\(other.name)'",
                    at: reader.mark(of: "environments"))
            }
        }
    }
}
