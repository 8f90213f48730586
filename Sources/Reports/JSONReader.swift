import StrictJSON

/// A statement that is not of the agreed shape.
package struct ReportError: Error, Sendable, Hashable {
    /// The member that is wrong, such as `predicate.results.verdict`.
    package var member: String
}

/// Reads the members of one JSON object, each of the type that it must have.
struct JSONReader {
    var value: JSONValue
    var path: String

    /// An object that must be there.
    func object(_ name: String) throws(ReportError) -> JSONReader {
        guard let reader = optionalObject(name) else { throw error(name) }
        return reader
    }

    /// An object that may be absent.
    func optionalObject(_ name: String) -> JSONReader? {
        guard let value = value[name], value.members != nil else { return nil }
        return JSONReader(value: value, path: "\(path).\(name)")
    }

    /// The objects of an array.
    func objects(_ name: String) throws(ReportError) -> [JSONReader] {
        guard let elements = value[name]?.array else { throw error(name) }
        return elements.map { JSONReader(value: $0, path: "\(path).\(name)") }
    }

    func string(_ name: String) throws(ReportError) -> String {
        guard let text = value[name]?.string else { throw error(name) }
        return text
    }

    func optionalString(_ name: String) throws(ReportError) -> String? {
        guard value[name] != nil else { return nil }
        return try string(name)
    }

    func strings(_ name: String) throws(ReportError) -> [String] {
        guard let elements = value[name]?.array else { throw error(name) }
        let texts = elements.compactMap(\.string)
        guard texts.count == elements.count else { throw error(name) }
        return texts
    }

    func integer(_ name: String) throws(ReportError) -> Int64 {
        guard let number = value[name]?.integer else { throw error(name) }
        return number
    }

    func bool(_ name: String) throws(ReportError) -> Bool {
        guard let truth = value[name]?.bool else { throw error(name) }
        return truth
    }

    /// A text that must be one of a closed list.
    func word<Word: RawRepresentable<String>>(
        _ name: String, _ type: Word.Type = Word.self
    ) throws(ReportError) -> Word {
        guard let word = Word(rawValue: try string(name)) else { throw error(name) }
        return word
    }

    /// A text of a closed list that may be absent.
    func optionalWord<Word: RawRepresentable<String>>(
        _ name: String, _ type: Word.Type = Word.self
    ) throws(ReportError) -> Word? {
        guard value[name] != nil else { return nil }
        return try word(name)
    }

    private func error(_ name: String) -> ReportError {
        ReportError(member: "\(path).\(name)")
    }
}
