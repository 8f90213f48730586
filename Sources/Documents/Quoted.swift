/// Words of a file, made safe to stand in a message.
package enum Quoted {
    /// The text in single quotes: control characters escaped, and cut after 60 characters.
    package static func text(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(60) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > 60 ? "'\(shown)…'" : "'\(shown)'"
    }
}
