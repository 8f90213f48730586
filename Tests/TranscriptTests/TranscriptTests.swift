import Linux
import Testing

/// The whole program, as people and scripts meet it: one readable file for each story.
struct TranscriptTests {
    static let stories = [
        "a-good-host", "a-weak-password", "explaining-a-packet", "nothing-to-judge", "no-shadow",
        "rejudging",
        "site-files", "state-that-others-can-read", "usage",
    ]

    /// Stories of what only root can do.
    static let rootStories = ["a-foreign-collector"]

    @Test(arguments: stories)
    func `the story is as it is written`(name: String) throws {
        try Self.tell(name)
    }

    @Test(.enabled(if: Identity.effective.user == 0, "only root mounts"), arguments: rootStories)
    func `the story of root is as it is written`(name: String) throws {
        try Self.tell(name)
    }

    private static func tell(_ name: String) throws {
        let text = try Shell.run("cat '\(Shell.sources)/stories/\(name).txt'", in: "/").output
        let transcript = Transcript(text)
        #expect(!transcript.steps.isEmpty)
        let place = try Shell.run("mktemp -d", in: "/").lines.joined()
        defer { _ = try? Shell.run("rm -rf '\(place)'", in: "/") }
        for step in transcript.steps {
            let answer = try Shell.run(step.command, in: place)
            #expect(
                Expectation.matches(step.expected[...], answer.lines[...]),
                "$ \(step.command)\nprinted:\n\(answer.output)")
            #expect(answer.status == step.status, "$ \(step.command)\n\(answer.output)")
        }
    }
}

/// The shell in which a story takes place: the built program is on its path.
enum Shell {
    struct Answer {
        var output: String
        var status: Int32

        var lines: [String] {
            var lines = output.split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
            if lines.last == "" { lines.removeLast() }
            return lines
        }
    }

    struct Failed: Error {}

    static func run(_ command: String, in directory: String) throws -> Answer {
        let program = try Descriptor.open(Array("/bin/sh".utf8), .followedPlace)
        let host = "small_host() { sh '\(sources)/host.sh' \"$@\"; }"
        var start = ProcessStart(["sh", "-c", "\(host); cd '\(directory)' && { \(command)\n} 2>&1"])
        start.environment = [
            "PATH=\(try products()):/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC",
            "HOME=\(directory)",
        ]
        let answer = try ProgramRun(program, start).answer(deadline: .seconds(60), limit: 1 << 20)
        guard case .exited(let status) = answer.ending else { throw Failed() }
        return Answer(output: String(decoding: answer.output, as: UTF8.self), status: status)
    }

    /// Where the stories are.
    static var sources: String {
        #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }

    // The program is built beside the tests.
    private static func products() throws -> String {
        let itself = try Descriptor.open(Array("/proc/self".utf8), .followedPlace)
        let path = String(decoding: try itself.target(ofLink: Array("exe".utf8)), as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }
}
