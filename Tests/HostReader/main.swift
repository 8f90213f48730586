import Facts
import Linux

/// Looks at a host from wherever it is started, such as a namespace of its own:
/// `HostReader live|ROOT WORD ARGUMENT …` prints what it found, or the code of the error.
func answer(_ host: LinuxHost, _ words: ArraySlice<String>) throws -> String {
    let argument = words.dropFirst().first ?? "/"
    let path = HostPath(argument)
    switch words.first {
    case "read": return String(decoding: try host.read(path, limit: 1 << 20), as: UTF8.self)
    case "status": return "\(try host.status(of: path).kind)"
    case "list": return try host.list(path).map(\.name.description).joined(separator: " ")
    case "limits": return host.limits.joined(separator: " ")
    case "namespaces":
        return host.namespaceGaps.map { "\($0.kind.rawValue):\($0.finding.rawValue)" }
            .joined(separator: " ")
    case "run": return text(try host.run(command(path, words)))
    case "foreign": return text(try host.runForeign(command(path, words)))
    // Runs a script between opening the host and reading the path.
    case "after":
        let shell = try Descriptor.open(Array("/bin/sh".utf8), .followedPlace)
        _ = try ProgramRun(shell, ProcessStart(["sh", "-c", words.last ?? ""]))
            .answer(deadline: .seconds(20), limit: 1 << 16)
        return String(decoding: try host.read(path), as: UTF8.self)
    default: return "unknown word"
    }
}

func command(_ path: HostPath, _ words: ArraySlice<String>) -> HostCommand {
    HostCommand(path, Array(words.dropFirst(2)), seconds: 5, limit: 1 << 16)
}

func text(_ output: HostOutput) -> String {
    "\(output.status) " + String(decoding: output.output, as: UTF8.self)
}

let words = CommandLine.arguments.dropFirst()
do {
    let root = words.first ?? "live"
    let host = try root == "live" ? LinuxHost.live() : LinuxHost.offline(root: root)
    print(try answer(host, words.dropFirst()), terminator: "")
} catch let error as HostError {
    print("error \(error.code.rawValue)", terminator: "")
}
