import Documents
import Facts
import Site

extension ProbeCase {
    /// The words that a case may use for its role.
    private enum RoleWord: String, CaseIterable {
        case server, workstation, image
        /// Nothing is declared.
        case none
    }

    init?(from reader: inout MappingReader, schemas: [TableSchema], bounds: ContractBounds) {
        name = reader.text("case")
        mark = reader.mark(of: "case")
        layer = reader.optionalChoice("layer", of: Layer.self)
        now = reader.optionalInteger("now", in: 0...253_402_300_799) ?? 1_750_000_000
        let word = reader.optionalChoice("role", of: RoleWord.self)
        site = reader.node("site").flatMap { node in
            let reading = SiteFile.reading(case: node, bounds: bounds)
            reader.add(reading.diagnostics.filter { $0.severity == .error })
            return reading.value
        }
        role = .fitting
        if let declared = site?.role { role = .declared(declared) }
        if let word { role = Role(rawValue: word.rawValue).map { .declared($0) } ?? .none }
        if let declared = site?.role, role != .declared(declared) {
            reader.error("'site' declares another role", in: "role")
        }
        files = reader.node("files").map { _ in
            Dictionary(
                reader.entries("files") { GivenHost.Node.entry($0, from: &$1) }
            ) { first, _ in first }
        }
        let given = layer
        tables = reader.entries("tables") { entry, reader in
            GatheredTable.given(entry, layer: given, schemas: schemas, from: &reader)
        }
        if reader.node("files") == nil, reader.node("tables") == nil {
            reader.error("a case has 'files' or 'tables'", at: reader.mark)
        }
        guard let expectation = Expectation(from: &reader) else { return nil }
        self.expectation = expectation
    }
}

extension ProbeCase.Expectation {
    /// The words that stand alone.
    private enum Word: String, CaseIterable {
        case pass, notApplicable
    }

    fileprivate init?(from reader: inout MappingReader) {
        guard let node = reader.requiredNode("expect") else { return nil }
        guard case .mapping = node.content else {
            if node.text == "fail" || node.text == "unknown" {
                let hint = node.text == "fail" ? "{ fail: [subject] }" : "{ unknown: reason }"
                reader.error("'expect' must say more", at: node.mark, hint: "write \(hint)")
                return nil
            }
            let word: Word? = reader.choice(node, "expect")
            switch word {
            case .pass: self = .pass
            case .notApplicable: self = .notApplicable
            case nil: return nil
            }
            return
        }
        let expectation = reader.mapping(node, "expect") { reader -> Self? in
            if reader.keys.contains("fail") { return .fail(reader.requiredTexts("fail")) }
            let code = reader.text("unknown")
            if let reason = Reason(code: code) { return .unknown(reason) }
            let known = Reason.codes
            reader.error(
                "there is no such reason", in: "unknown",
                hint: Suggestion.hint(for: code, among: known))
            return nil
        }
        guard let expectation else { return nil }
        self = expectation
    }
}

extension Reason {
    /// Every word that a reason can be.
    fileprivate static var codes: [String] {
        let plain: [Reason] = [
            .subjectUnknown, .subjectDropped, .probeError, .emptyPopulation, .notDeclared,
        ]
        return plain.map(\.code) + GapCode.allCases.map(\.rawValue)
    }
}
