import Facts

/// A script of the shell that does nothing but load files of rules.
enum ShellLoader {
    // Lines that change nothing about what is loaded.
    private static let idle: Set<String> = [":", "true"]
    private static let shells: Set<String> = [
        "/bin/sh", "/bin/bash", "/bin/dash", "/usr/bin/sh", "/usr/bin/bash", "/usr/bin/dash",
    ]

    /// What the script loads, in its order; nil where a line does anything else, or where no shell
    /// is named that runs it.
    static func steps(of script: [UInt8]) -> [LoaderStep]? {
        let lines = script.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self).split { $0 == " " || $0 == "\t" }.map(String.init)
        }
        guard let first = lines.first?.joined(separator: " "), first.hasPrefix("#!") else {
            return nil
        }
        let shell = first.dropFirst(2).split(separator: " ").map(String.init)
        guard let program = shell.first, shells.contains(program),
            shell.dropFirst().allSatisfy({ $0 == "-e" })
        else { return nil }
        // With `-e` the shell ends at the first command that fails.
        var endsEarly = shell.count > 1
        var steps: [LoaderStep] = []
        for words in lines.dropFirst() {
            let line = words.joined(separator: " ")
            if line.isEmpty || line.hasPrefix("#") || idle.contains(line) { continue }
            if line == "exit" || line == "exit 0" { break }
            if line == "set -e" {
                endsEarly = true
                continue
            }
            guard var step = step(line) else { return nil }
            step.mayFail = !endsEarly
            steps.append(step)
        }
        return steps
    }

    /// What one command loads, such as `iptables-restore < /etc/iptables.rules`.
    static func step(_ line: String) -> LoaderStep? {
        guard !line.contains(where: { ";&|>`()*?#".contains($0) }) else { return nil }
        // The programs read from their input what they read from a file that is named.
        let parts = line.split(separator: "<", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        var words = parts[0].split(separator: " ").map(String.init)
        guard let program = words.first else { return nil }
        if !program.contains("/") { words[0] = "/usr/sbin/" + program }
        if parts.count == 2 {
            guard program.hasSuffix("-restore") else { return nil }
            words += parts[1].split(separator: " ").map(String.init)
        }
        guard let command = ExecLine(words.joined(separator: " ")) else { return nil }
        // A script goes on after a command that failed.
        return LoaderStep(command).map { step in
            var step = step
            step.mayFail = true
            return step
        }
    }
}
