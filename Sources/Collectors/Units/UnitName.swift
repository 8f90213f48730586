/// The name of a unit, such as `ssh.service` or `getty@tty1.service`; see systemd.unit(5).
struct UnitName: Sendable, Hashable {
    var text: String

    /// A name; nil where the text ends in no type of unit.
    init?(_ text: String) {
        guard text.utf8.count <= 255, let dot = text.lastIndex(of: "."), dot != text.startIndex,
            UnitName.types.contains(String(text[text.index(after: dot)...])),
            !text.contains("/")
        else { return nil }
        self.text = text
    }

    private static let types: Set<String> = [
        "service", "socket", "device", "mount", "automount", "swap", "target", "path", "timer",
        "slice", "scope",
    ]

    /// What stands after the last dot.
    var type: String { String(text[text.index(after: dot)...]) }

    /// What stands before the type.
    var stem: String { String(text[..<dot]) }

    /// The template that an instance is made of.
    var template: UnitName? {
        guard let at = stem.firstIndex(of: "@"), stem.index(after: at) != stem.endIndex else {
            return nil
        }
        return UnitName(String(stem[...at]) + "." + type)
    }

    /// The same name with another type.
    func with(type: String) -> UnitName? { UnitName(stem + "." + type) }

    /// The directories with drop-ins, without their suffix, from the most general on.
    var dropInNames: [String] {
        var names = [type]
        var prefix = ""
        for part in stem.split(separator: "-", omittingEmptySubsequences: false).dropLast() {
            prefix += part + "-"
            names.append(prefix + "." + type)
        }
        if let template { names.append(template.text) }
        return names + [text]
    }

    /// A text with the specifiers that the name of the unit decides; see systemd.unit(5). Others
    /// stay as they are.
    func expanding(_ text: String) -> String {
        guard text.contains("%") else { return text }
        let parts = stem.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = String(parts[0])
        let instance = parts.count > 1 ? String(parts[1]) : ""
        let last = String(prefix.split(separator: "-").last ?? "")
        let values: [Character: String] = [
            "n": self.text, "N": stem, "p": prefix, "P": Self.path(prefix), "i": instance,
            "I": Self.path(instance), "j": last, "J": Self.path(last), "%": "%",
        ]
        var result = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "%", let next = rest.first, let value = values[next] else {
                result.append(character)
                continue
            }
            rest.removeFirst()
            result += value
        }
        return result
    }

    // Strokes are written `-` in a name.
    private static func path(_ text: String) -> String { text.replacing("-", with: "/") }

    private var dot: String.Index { text.lastIndex(of: ".") ?? text.startIndex }
}
