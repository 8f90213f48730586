import Facts
import PacketFilter
import XML

/// One file of firewalld(1): elements as they follow each other, for firewalld does not ask what
/// stands in what.
struct FirewalldDocument {
    /// One element's beginning, or its end with the text before it.
    struct Step {
        var name: String
        /// Nil where the element ends.
        var attributes: [String: String]?
        var text = ""
        var place: SourcePlace
    }

    let file: String
    private(set) var steps: [Step] = []

    /// Reads a file; what firewalld's own reader refuses is refused.
    init(
        _ bytes: [UInt8], path: HostPath, _ grammar: FirewalldGrammar
    ) throws(FirewalldProblem) {
        file = path.description
        for event in try Self.events(bytes, file) {
            let place = SourcePlace(file: file, line: event.line)
            switch event.kind {
            case .start(let attributes):
                guard let known = grammar.elements[event.name],
                    known.required.allSatisfy({ attributes[$0] != nil }),
                    attributes.keys.allSatisfy({
                        known.required.contains($0) || known.optional.contains($0)
                    })
                else { throw FirewalldProblem(.refused, place) }
                steps.append(Step(name: event.name, attributes: attributes, place: place))
            case .end(let text):
                steps.append(Step(name: event.name, attributes: nil, text: text, place: place))
            }
        }
    }

    private static func events(
        _ bytes: [UInt8], _ file: String
    ) throws(FirewalldProblem) -> [XMLEvent] {
        do throws(XMLSyntaxError) {
            return try XMLReader().events(of: bytes)
        } catch {
            let place = SourcePlace(file: file, line: error.line)
            switch error.code {
            case .notWellFormed: throw FirewalldProblem(.refused, place)
            case .notFollowed, .tooLarge: throw FirewalldProblem(.unclear, place)
            }
        }
    }
}
