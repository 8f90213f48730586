import Commands
import Linux

OwnProcess.leave(with: Assay.run(Array(CommandLine.arguments.dropFirst())))
