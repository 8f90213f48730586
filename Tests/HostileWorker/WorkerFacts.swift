import Facts
import Linux
import Site

/// What the worker sees of itself: its descriptors, limits and identity, a line each.
struct WorkerFacts: Collector {
    static var table: FactTable<Line> {
        FactTable(
            "worker_facts", "What a worker sees of itself.", key: .column("text"),
            columns: [.text("text", \.text, "A line.")])
    }

    func collect(from host: some HostView) -> Gathered<Line> {
        do throws(HostError) {
            let here = try LinuxHost.offline(root: "/")
            let process = try here.resolve("/proc/self")
            let files = try here.list("/proc/self/fd").compactMap { entry in
                // The listing's own descriptors are closed by now.
                try? here.target(ofLink: process.appending("fd").appending(entry.name))
            }.map { "fd \($0)" }
            let lines =
                try here.lines(of: "/proc/self/status") + here.lines(of: "/proc/self/limits")
            return .complete((files + lines.map(Readable.text)).map(Line.init))
        } catch {
            return .unavailable(Gap(error, in: "worker_facts"))
        }
    }
}

/// Two tables of one reading, which no second reading gives again: the time at which it was read.
protocol Twin: SharingCollector where Row == Line, Reading == ContinuousClock.Instant {
    static var name: String { get }
}

extension Twin {
    static var table: FactTable<Line> {
        FactTable(
            name, "A part of a reading.", key: .column("text"), reading: "twins",
            columns: [.text("text", \.text, "When it was read.")])
    }

    static func reading(of host: some HostView, declared: SiteFile) -> Reading { .now }

    func rows(of reading: Reading) -> Gathered<Line> { .complete([Line(text: "\(reading)")]) }
}

struct OneTwin: Twin { static var name: String { "one_twin" } }
struct OtherTwin: Twin { static var name: String { "other_twin" } }
