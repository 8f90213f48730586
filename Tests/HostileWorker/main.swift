import Agent
import Facts
import Glibc

/// A collector whose table is named for what it does.
protocol Hostile: Collector where Row == Line {
    static var deed: Deed { get }
}

extension Hostile {
    static var table: FactTable<Line> {
        FactTable(
            deed.rawValue, "What a hostile collector does.", key: .column("text"),
            columns: [.text("text", \.text, "A text.")])
    }

    func collect(from host: some HostView) -> Gathered<Line> {
        Self.deed.perform()
        return .complete([Line(text: Self.deed.rawValue)])
    }
}

struct Hangs: Hostile { static var deed: Deed { .hangs } }
struct Spins: Hostile { static var deed: Deed { .spins } }
struct Aborts: Hostile { static var deed: Deed { .aborts } }
struct Allocates: Hostile { static var deed: Deed { .allocates } }
struct Exits: Hostile { static var deed: Deed { .exits } }
struct Freezes: Hostile { static var deed: Deed { .freezes } }
struct Garbage: Hostile { static var deed: Deed { .garbage } }
struct Half: Hostile { static var deed: Deed { .half } }
struct Endless: Hostile { static var deed: Deed { .endless } }
struct Twice: Hostile { static var deed: Deed { .twice } }
struct Prints: Hostile { static var deed: Deed { .prints } }
struct LeavesChild: Hostile { static var deed: Deed { .leavesChild } }
struct Fine: Hostile { static var deed: Deed { .fine } }

let hostile: [any Collector] = [
    Aborts(), Allocates(), Endless(), Exits(), Fine(), Freezes(), Garbage(), Half(), Hangs(),
    LeavesChild(),
    OneTwin(), OtherTwin(), Prints(), Spins(), Twice(), WorkerFacts(),
]

exit(
    Worker.serve(hostile) { name, argument, host in
        switch name {
        case "echo": argument
        case "names": try? host.list("/").flatMap { $0.name.bytes + [0x0A] }
        case "abort": abort()
        default: nil
        }
    })
