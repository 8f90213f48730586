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
    guard let benchmark = FirewallCase.all.first(where: { $0.name == words[1] }) else {
        throw Program.Failed(description: "no case \(words[1])")
    }
    StandardStream.output.write(try benchmark.run().line)
} else if words.first == "firewall" {
    figures.show("what", "measured", budget: "budget")
    try FirewallBenchmark(program: Program(path: "/proc/self/exe"), rounds: 5).run(figures)
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
