import StrictJSON

/// A value of a document and where it stands in it, read as what the format says it is.
struct SchemaValue: Sendable {
    /// The members and elements that lead to a value; written out only for a message.
    private indirect enum Path: Sendable {
        case root(StaticString)
        case member(Path, StaticString)
        case element(Path, Int)

        var text: String {
            switch self {
            case .root(let name): "\(name)"
            case .member(.root, let name): "\(name)"
            case .member(let parent, let name): "\(parent.text).\(name)"
            case .element(let parent, let index): "\(parent.text)[\(index)]"
            }
        }
    }

    let value: JSONValue
    let place: EvidencePlace
    private let steps: Path

    /// A whole document, which messages call by a name.
    init(_ value: JSONValue, at place: EvidencePlace, in name: StaticString) {
        self.init(value, place, .root(name))
    }

    private init(_ value: JSONValue, _ place: EvidencePlace, _ steps: Path) {
        self.value = value
        self.place = place
        self.steps = steps
    }

    /// Such as `predicate.results[3].verdict`: names of the format, and numbers.
    var path: String { steps.text }

    /// What to throw when the value is not what it must be.
    func error(_ message: String, _ code: EvidenceCode = .jsonSchema) -> EvidenceError {
        EvidenceError(code, at: place, "\(path) \(message)")
    }

    /// The value of a member that must be there.
    func member(_ name: StaticString) throws(EvidenceError) -> SchemaValue {
        guard let member = try optional(name) else {
            throw SchemaValue(.null, place, .member(steps, name)).error("is missing")
        }
        return member
    }

    /// The value of a member that may be left out, and is never null.
    func optional(_ name: StaticString) throws(EvidenceError) -> SchemaValue? {
        guard case .object = value else { throw error("is not an object") }
        return value["\(name)"].map { SchemaValue($0, place, .member(steps, name)) }
    }

    func elements() throws(EvidenceError) -> [SchemaValue] {
        guard let elements = value.array else { throw error("is not an array") }
        return elements.enumerated().map { SchemaValue($1, place, .element(steps, $0)) }
    }

    func text() throws(EvidenceError) -> String {
        guard let text = value.string else { throw error("is not a string") }
        return text
    }

    /// A text that is of a form, which the message names.
    func text(
        _ form: StaticString, where isOfForm: (String) -> Bool
    ) throws(EvidenceError) -> String {
        let text = try text()
        guard isOfForm(text) else { throw error("is not \(form)") }
        return text
    }

    func number() throws(EvidenceError) -> Int64 {
        guard let number = value.integer else { throw error("is not a number") }
        return number
    }

    func truth() throws(EvidenceError) -> Bool {
        guard let truth = value.bool else { throw error("is not true or false") }
        return truth
    }

    /// One of a closed list of words.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        of _: Word.Type
    ) throws(EvidenceError) -> Word {
        // Byte by byte: two texts that only differ in normalisation are two words.
        let text = try text()
        guard let word = Word.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) })
        else {
            throw error("is not one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }
}
