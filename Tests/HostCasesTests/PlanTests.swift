import HostCases
import Testing

struct PlanTests {
    static func state(_ id: String, isLive: Bool) -> HostState {
        HostState(
            id: id, summary: "", machine: HostState.Machine(isLive: isLive), peers: [],
            attestations: [], label: Label(clause: "C5", expect: .pass))
    }
    static let states = [
        state("C5-001", isLive: false), state("C5-002", isLive: true),
        state("C7-001", isLive: false),
    ]

    @Test(
        arguments: [
            ("12 labelled *", ["C5-001@12-tree", "C5-002@12-booted", "C7-001@12-tree"]),
            ("12 tree *", ["C5-001@12-tree", "C7-001@12-tree"]),
            ("13 booted C5-* # all of one clause", ["C5-001@13-booted", "C5-002@13-booted"]),
            (
                "12 tree C5-001\n\n# again\n12 labelled C5-001 C7*",
                ["C5-001@12-tree", "C7-001@12-tree"]
            ),
        ])
    func `a plan names its cases, each once`(text: String, names: [String]) throws {
        let plan = try Plan(text, name: "plan")
        #expect(plan.cases(of: Self.states, only: Glob("*")).map(\.name) == names)
    }

    @Test func `a state of one release is not tried on another`() throws {
        var state = Self.state("C5-001", isLive: false)
        state.release = "13"
        let plan = try Plan("12 tree *\n13 tree *", name: "plan")
        #expect(plan.cases(of: [state], only: Glob("*")).map(\.name) == ["C5-001@13-tree"])
    }

    @Test(arguments: ["12 labelled", "11 tree *", "12 sideways *", "*"])
    func `a line that is no plan is refused`(text: String) {
        #expect(throws: (any Error).self) { try Plan(text, name: "plan") }
    }
}
