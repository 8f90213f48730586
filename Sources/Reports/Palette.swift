package import Probes

/// Colours of a terminal, which can be switched off.
package struct Palette: Sendable, Hashable {
    /// Whether escapes are written at all.
    package var isColoured: Bool

    /// A palette; without colours it changes nothing.
    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    private enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// A heading.
    package func heading(_ text: String) -> String { styled(text, .bold) }

    /// What matters less.
    package func quiet(_ text: String) -> String { styled(text, .dim) }

    /// A word in the colour of its verdict.
    package func word(_ text: String, _ verdict: Verdict) -> String {
        switch verdict {
        case .pass: styled(text, .green)
        case .fail: styled(text, .red)
        case .unknown: styled(text, .yellow)
        case .notApplicable: styled(text, .dim)
        }
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isColoured ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
