import Linux

/// Measures the built program and prints its figures beside their budgets:
/// `benchmarks PROGRAM SCRATCH [REPORTS [ROOT]]`; without a root it is the running host.
///
/// It measures and never fails: a machine that others use makes every time longer.
let words = Array(CommandLine.arguments.dropFirst())
guard words.count >= 2 else {
    StandardStream.error.write("usage: benchmarks PROGRAM SCRATCH [REPORTS [ROOT]]\n")
    throw Program.Failed(description: "no program and no directory to work in")
}
let program = Program(path: words[0])
let figures = Figures()
figures.show("what", "measured", budget: "budget")
try ScanBenchmark(
    program: program, root: words.count > 3 ? words[3] : nil, scratch: words[1], rounds: 11
).run(figures)
try VerifyBenchmark(
    program: program, scratch: words[1], rounds: 11,
    count: words.count > 2 ? Int(words[2]) ?? 1_000 : 1_000
).run(figures)
