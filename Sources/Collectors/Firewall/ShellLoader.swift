import Facts

/// A script of the shell that does nothing but load files of rules.
enum ShellLoader {
    // Lines that change nothing about what is loaded.
    private static let idle: Set<String> = ["exit 0", "exit", "set -e", ":", "true"]

    /// What the script loads, in its order; nil where a line does anything else.
    static func steps(of script: [UInt8]) -> [LoaderStep]? {
        var steps: [LoaderStep] = []
        for raw in script.split(separator: 0x0A) {
            let line = String(decoding: raw, as: UTF8.self).split(separator: " ")
                .joined(separator: " ").trimmingPrefix { $0 == "\t" }
            if line.isEmpty || line.hasPrefix("#") || idle.contains(String(line)) { continue }
            guard let step = step(String(line)) else { return nil }
            steps.append(step)
        }
        return steps
    }

    /// What one command loads, such as `iptables-restore < /etc/iptables.rules`.
    static func step(_ line: String) -> LoaderStep? {
        guard !line.contains(where: { ";&|>`()*?".contains($0) }) else { return nil }
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
