import PacketFilter

/// What is true of one direction of a layer: a closed list.
enum FirewallFinding: String, Sendable, Hashable, CaseIterable {
    case allDeclared = "all declared"
    case undeclaredFlow = "undeclared flow"
    case possiblyUndeclaredFlow = "possibly undeclared flow"
    case nothingEnters = "nothing enters"
    case everythingEnters = "everything enters"
    case notDeclared = "not declared"
    case vacuousDeclaration = "vacuous declaration"
    case unrestricted = "unrestricted"
    /// An interface that is declared inside leads outside.
    case insideContradicted = "inside contradicted"
    /// It holds if a loader takes its file, and not if it refuses it.
    case dependsOnLoading = "depends on loading"

    init(_ finding: FlowJudgement.Finding) {
        self =
            switch finding {
            case .allDeclared: .allDeclared
            case .undeclaredFlow: .undeclaredFlow
            case .possiblyUndeclaredFlow: .possiblyUndeclaredFlow
            case .nothingEnters: .nothingEnters
            case .everythingEnters: .everythingEnters
            case .notDeclared: .notDeclared
            case .vacuousDeclaration: .vacuousDeclaration
            case .unrestricted: .unrestricted
            }
    }

    /// True: the promise holds; false: it is broken; nil: it cannot be known.
    var holds: Bool? {
        switch self {
        case .allDeclared, .nothingEnters, .unrestricted: true
        case .undeclaredFlow, .everythingEnters, .vacuousDeclaration, .insideContradicted: false
        case .possiblyUndeclaredFlow, .notDeclared, .dependsOnLoading: nil
        }
    }
}
