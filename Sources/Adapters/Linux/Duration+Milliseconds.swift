extension Duration {
    /// Whole milliseconds, rounded up, as poll(2) takes them: never negative.
    package var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: min(seconds, 1 << 40) * 1000 + milliseconds)
    }
}
