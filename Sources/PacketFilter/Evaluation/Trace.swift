/// What happened to some packets on their way, step by step.
final class Trace {
    /// One thing that happened.
    enum Event: Hashable {
        case enters(ChainIndex)
        /// A rule whose matches let some of the packets through, and what it did with them.
        case matches(RuleIndex, Effect)
        case policy(ChainIndex, accepts: Bool)
        case delivered
        case routed
    }

    /// What a rule did.
    enum Effect: Hashable {
        case accepted
        case dropped
        case returned
        case went(to: String)
        case changed
        case nothing
    }

    /// An event, and the packets to which it happened.
    struct Step {
        var event: Event
        var packets: Diagram
    }

    private(set) var steps: [Step] = []

    func record(_ event: Event, _ packets: Diagram) {
        if packets != .none { steps.append(Step(event: event, packets: packets)) }
    }
}
