import Commands
import Linux

Process.leave(with: Assay.run(Array(CommandLine.arguments.dropFirst())))
