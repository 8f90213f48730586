import Agent
import Linux

/// One line on a terminal that says how far a scan is.
struct ProgressLine {
    var isShown: Bool

    /// Shows what just ended.
    func show(_ progress: WorkerProgress) {
        guard isShown else { return }
        switch progress {
        case .began: break
        case .ended(let table, _, let done, let total):
            StandardStream.error.write("\r\u{1B}[K\(done)/\(total) \(table)")
        }
    }

    /// Takes the line away.
    func clear() {
        if isShown { StandardStream.error.write("\r\u{1B}[K") }
    }
}
