import Linux

/// The table of what was measured, beside what design and promise allow.
struct Figures {
    /// Prints a line; `budget` is empty where there is none.
    func show(_ what: String, _ figure: String, budget: String = "") {
        let line = Self.padded(what, 58) + Self.right(figure, 12) + Self.right(budget, 12)
        StandardStream.output.write(line + "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 1)) + text
    }

    /// A time in milliseconds, to a tenth.
    static func milliseconds(_ duration: Duration) -> String {
        let tenths = duration / .microseconds(100)
        return "\(Double(Int(tenths.rounded())) / 10) ms"
    }

    /// KiB in MB.
    static func megabytes(_ kibibytes: Int) -> String {
        "\(Double(kibibytes * 1024 / 100_000) / 10) MB"
    }
}

extension [Duration] {
    /// The middle one.
    var median: Duration { sorted()[count / 2] }
}
