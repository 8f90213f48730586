/// The modules of one service and one type, as libpam puts them in a row.
struct PAMStack: Sendable {
    /// One place of the row.
    struct Step: Sendable {
        /// What stands there.
        enum Kind: Sendable {
            case module(PAMLine)
            /// What follows, one level deeper, ends for itself alone.
            case substack
            /// A line that libpam cannot read: it fails.
            case broken
        }

        var kind: Kind
        var control: PAMControl
        var level: Int
        /// The file that the line stands in.
        var file: String
    }

    var steps: [Step] = []

    private struct State: Hashable {
        var index: Int
        /// Whether the stack can no longer succeed.
        var isLost: Bool
    }

    /// The modules that can succeed in a stack that then succeeds, in their order.
    ///
    /// libpam changes a password in two rounds, and the second is only begun when the first
    /// succeeded; what stands behind a certain failure never runs.
    var effective: [(line: PAMLine, file: String)] {
        let reached = reachedStates
        let accepted = acceptedStates
        return steps.indices.compactMap { index in
            guard case .module(let line) = steps[index].kind, line.module != "pam_deny.so",
                reached.contains(State(index: index, isLost: false)),
                accepted.contains(
                    next(from: State(index: index, isLost: false), steps[index].control.success))
            else { return nil }
            return (line, steps[index].file)
        }
    }

    private var reachedStates: Set<State> {
        var reached: Set<State> = [State(index: 0, isLost: false)]
        for index in steps.indices {
            for isLost in [false, true] {
                let state = State(index: index, isLost: isLost)
                if reached.contains(state) { reached.formUnion(followers(of: state)) }
            }
        }
        return reached
    }

    private var acceptedStates: Set<State> {
        var accepted: Set<State> = [State(index: steps.count, isLost: false)]
        for index in steps.indices.reversed() {
            for isLost in [false, true] {
                let state = State(index: index, isLost: isLost)
                if !accepted.isDisjoint(with: followers(of: state)) { accepted.insert(state) }
            }
        }
        return accepted
    }

    private func followers(of state: State) -> [State] {
        let step = steps[state.index]
        switch step.kind {
        case .substack: return [State(index: state.index + 1, isLost: state.isLost)]
        case .broken: return step.control.failures.map { next(from: state, $0) }
        case .module(let line):
            switch line.module {
            case "pam_deny.so": return [next(from: state, step.control.denial)]
            case "pam_permit.so": return [next(from: state, step.control.success)]
            default:
                return step.control.failures.union([step.control.success]).map {
                    next(from: state, $0)
                }
            }
        }
    }

    private func next(from state: State, _ action: PAMControl.Action) -> State {
        switch action {
        case .next: State(index: state.index + 1, isLost: state.isLost)
        case .reset: State(index: state.index + 1, isLost: false)
        case .bad: State(index: state.index + 1, isLost: true)
        case .done where state.isLost: State(index: state.index + 1, isLost: true)
        case .done: State(index: end(of: state.index), isLost: false)
        case .die: State(index: end(of: state.index), isLost: true)
        case .jump(let count): jump(from: state, count)
        }
    }

    /// The first place after the level of this one.
    private func end(of index: Int) -> Int {
        let level = steps[index].level
        return steps[index...].firstIndex { $0.level < level } ?? steps.count
    }

    // A substack counts as one; a jump out of the level is an error.
    private func jump(from state: State, _ count: Int) -> State {
        let level = steps[state.index].level
        var left = count
        var last = state.index
        while left > 0, last + 1 < steps.count, steps[last + 1].level >= level {
            repeat { last += 1 } while last + 1 < steps.count && steps[last + 1].level > level
            left -= 1
        }
        return State(index: last + 1, isLost: state.isLost || left > 0)
    }
}
