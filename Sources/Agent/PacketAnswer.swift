package import StrictJSON

/// The way of a packet through a host's firewall, as a worker tells it.
package struct PacketAnswer: Sendable {
    /// For a person.
    package var lines: [String]
    /// For a program.
    package var document: JSONValue
    /// Whether something is known about a layer at least.
    package var isKnown: Bool

    var json: JSONValue {
        .object([
            "lines": .array(lines.map(JSONValue.string)), "document": document,
            "known": .bool(isKnown),
        ])
    }

    init(lines: [String], document: JSONValue, isKnown: Bool) {
        self.lines = lines
        self.document = document
        self.isKnown = isKnown
    }

    /// Nil of what a worker does not say.
    init?(_ json: JSONValue) {
        guard let lines = json["lines"]?.array, let document = json["document"],
            let isKnown = json["known"]?.bool
        else { return nil }
        self.init(lines: lines.compactMap(\.string), document: document, isKnown: isKnown)
    }
}
