import Linux
import PacketFilter

/// How long the analysis of a ruleset takes, from rules in memory to what is judged and listed.
///
/// Each case runs in a process of its own, so that its peak of memory is its own.
struct FirewallBenchmark {
    /// This program.
    var program: Program
    var rounds: Int

    func run(_ figures: Figures) throws {
        for benchmark in FirewallCase.all {
            let runs = try (0..<rounds).map { _ in
                try Run(program.output(["firewall", benchmark.name]))
            }
            let flows = runs[0].flows
            figures.show(
                "\(benchmark.name), judged, median of \(rounds)",
                Figures.milliseconds(runs.map(\.judging).median),
                budget: benchmark.budget.map { "\($0) ms" } ?? "")
            figures.show(
                "  listing its \(flows) flows after that",
                Figures.milliseconds(runs.map(\.listing).median))
            figures.show("  reading it before", Figures.milliseconds(runs.map(\.reading).median))
            figures.show(
                "  peak memory, after reading \(Figures.megabytes(runs[0].peakOfReading))",
                Figures.megabytes(runs.map(\.peak).max() ?? 0), budget: "150 MB")
        }
    }

    /// How long a million elements take to be read and asked.
    func runLargeSets(_ figures: Figures) throws {
        for benchmark in LargeSetCase.all {
            let run = try Run(program.output(["firewall", benchmark.name]))
            figures.show(benchmark.name, Figures.milliseconds(run.reading))
            figures.show(
                run.flows < 0 ? "  judging it: too complex after" : "  judging it after",
                Figures.milliseconds(run.judging))
            figures.show(
                "  peak memory, after reading \(Figures.megabytes(run.peakOfReading))",
                Figures.megabytes(run.peak))
        }
    }

    /// What one process has measured, and how it says so.
    struct Run {
        var reading: Duration
        var judging: Duration
        var listing: Duration
        /// KiB.
        var peakOfReading: Int
        /// KiB.
        var peak: Int
        /// -1 where the analysis was too complex.
        var flows: Int

        init(
            reading: Duration, judging: Duration, listing: Duration, peakOfReading: Int,
            peak: Int, flows: Int
        ) {
            self.reading = reading
            self.judging = judging
            self.listing = listing
            self.peakOfReading = peakOfReading
            self.peak = peak
            self.flows = flows
        }

        init(_ line: String) throws {
            let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            guard numbers.count == 6 else { throw Program.Failed(description: line) }
            self.init(
                reading: .microseconds(numbers[0]), judging: .microseconds(numbers[1]),
                listing: .microseconds(numbers[2]), peakOfReading: numbers[3],
                peak: numbers[4], flows: numbers[5])
        }

        var line: String {
            let numbers = [
                Int(reading / .microseconds(1)), Int(judging / .microseconds(1)),
                Int(listing / .microseconds(1)), peakOfReading, peak, flows,
            ]
            return numbers.map(String.init).joined(separator: " ") + "\n"
        }
    }
}

extension FirewallCase {
    /// Measures in this process the questions that the collectors of `firewall_layers` and
    /// `packet_flows` ask.
    func run() throws -> FirewallBenchmark.Run {
        let clock = ContinuousClock()
        let begin = clock.now
        let ruleset = try ruleset()
        let read = clock.now
        let peakOfReading = Self.peak()
        let beforeJudging = clock.now
        let policy = FlowPolicy(ingress: [Self.declared], egress: .unrestricted)
        let analysis = try FirewallAnalysis(
            ruleset, on: network, mentioning: policy.interfaceNames)
        let judgements = try analysis.judge(policy)
        let judged = clock.now
        let flows =
            try analysis.flows(.input, declared: policy.ingress ?? [], icmp: policy.icmp)
            + analysis.flows(.forward, declared: policy.forward, icmp: policy.icmp)
        guard judgements.first?.holds == holds else {
            throw Program.Failed(description: "\(name): \(judgements)")
        }
        return FirewallBenchmark.Run(
            reading: read - begin, judging: judged - beforeJudging, listing: clock.now - judged,
            peakOfReading: peakOfReading, peak: Self.peak(), flows: flows.count)
    }

    private static let declared = DeclaredFlow(
        "ssh", transports: IntervalSet(6), destinationPorts: IntervalSet(22))

    static func peak() -> Int {
        guard let text = try? File.text("/proc/self/status"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
            ?? 0
    }
}
