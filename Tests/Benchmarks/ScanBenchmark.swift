/// How long a whole scan takes, beside what cannot be spared.
struct ScanBenchmark {
    var program: Program
    /// Nil is the running host.
    var root: String?
    var scratch: String
    var rounds: Int

    private var arguments: [String] {
        ["scan", "--quiet", "--state-dir", scratch + "/state"]
            + (root.map { ["--root", $0] } ?? [])
    }

    func run(_ figures: Figures) throws {
        let statuses: Set<Int32> = [0, 1, 4]
        // The first run makes keys, and fills the page cache.
        _ = try program.duration(arguments, statuses: statuses)
        let scan = try (0..<rounds).map { _ in
            try program.duration(arguments, statuses: statuses)
        }.median
        let start = try (0..<rounds).map { _ in
            try program.duration(["--version"], statuses: [0])
        }.median
        figures.show(
            "scan, median of \(rounds)", Figures.milliseconds(scan), budget: "100 ms")
        figures.show("  of which the start of one process", Figures.milliseconds(start))
        try compare(scan, figures)
        try showMemory(figures)
    }

    private func compare(_ scan: Duration, _ figures: Figures) throws {
        guard let trace = try ReadTrace(of: program, arguments, in: scratch) else {
            figures.show("reading the same bytes", "no strace")
            return
        }
        let clock = ContinuousClock()
        let reading = (0..<rounds).map { _ in clock.measure { trace.repeated() } }.median
        let what = "\(trace.files.count) files, \(trace.directories.count) directories"
        figures.show(
            "reading the same \(trace.bytes / 1000) kB in \(what)", Figures.milliseconds(reading))
        let ratio = Double(Int(scan / reading * 10)) / 10
        figures.show("  the scan takes, times as long", "\(ratio)", budget: "3")
    }

    private func showMemory(_ figures: Figures) throws {
        let runs = try (0..<min(rounds, 3)).map { _ in try program.peaks(arguments) }
        let first = runs.compactMap { $0.first.values.max() }.max() ?? 0
        figures.show("peak memory of the scan", Figures.megabytes(first), budget: "60 MB")
        let count = runs.map(\.others.count).max() ?? 0
        let other = runs.compactMap { $0.others.values.max() }.max() ?? 0
        figures.show(
            "peak memory of the largest of \(count) workers", Figures.megabytes(other),
            budget: "60 MB")
    }
}
