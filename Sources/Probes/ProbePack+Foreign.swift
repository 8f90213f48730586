package import Documents
package import Facts

extension ProbePack {
    /// Probes whose foreign collector fills a table that exists already, or that another one fills.
    ///
    /// `schemas` are the tables that there are without them.
    package func conflicts(with schemas: [TableSchema]) -> [Diagnostic] {
        var taken = Set((schemas + [FactStore.gapsSchema]).map(\.name))
        return files.compactMap { file in
            guard let table = file.probe.collect?.table else { return nil }
            guard !taken.insert(table.name).inserted else { return nil }
            return file.diagnostic(in: "population", "there is a table of that name already")
        }
    }
}
