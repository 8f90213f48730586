import Linux

/// Measures the built program and prints its figures beside their budgets:
/// `benchmarks PROGRAM SCRATCH [REPORTS [ROOT]]`; without a root it is the running host.
/// `benchmarks firewall` measures the analysis of rulesets, `benchmarks firewall CASE` one of them
/// in this process.
///
/// It measures and never fails: a machine that others use makes every time longer.
let words = Array(CommandLine.arguments.dropFirst())
let figures = Figures()
if words.first == "firewall", words.count == 2 {
    let run =
        try FirewallCase.all.first { $0.name == words[1] }?.run()
        ?? LargeSetCase.all.first { $0.name == words[1] }?.run()
    guard let run else { throw Program.Failed(description: "no case \(words[1])") }
    StandardStream.output.write(run.line)
} else if words.first == "firewall" {
    figures.show("what", "measured", budget: "budget")
    let benchmark = FirewallBenchmark(program: Program(path: "/proc/self/exe"), rounds: 5)
    try benchmark.run(figures)
    try benchmark.runLargeSets(figures)
} else {
    guard words.count >= 2 else {
        StandardStream.error.write("usage: benchmarks PROGRAM SCRATCH [REPORTS [ROOT]]\n")
        throw Program.Failed(description: "no program and no directory to work in")
    }
    let program = Program(path: words[0])
    figures.show("what", "measured", budget: "budget")
    try ScanBenchmark(
        program: program, root: words.count > 3 ? words[3] : nil, scratch: words[1], rounds: 11
    ).run(figures)
    try VerifyBenchmark(
        program: program, scratch: words[1], rounds: 11,
        count: words.count > 2 ? Int(words[2]) ?? 1_000 : 1_000
    ).run(figures)
}
