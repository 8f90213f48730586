/// Walks over the parts of a SELECT and changes them one by one.
///
/// Conditions are negated, dropped and widened, constants and comparisons changed, branches, joins
/// and arms removed. What only people read is left alone.
struct SQLMutator {
    private(set) var mutants: [SQLMutant] = []
    private let text: SQLText
    private var seen: Set<String>
    private var names: [String: Int] = [:]
    /// The first tokens of the branches of `CASE WHEN`.
    private let searched: Set<Int>

    init(_ text: SQLText) {
        self.text = text
        seen = [text.sql]
        searched = Self.searchedBranches(in: text.query)
    }

    /// Changes a part and everything in it; `context` is what a change is shown in.
    mutating func visit(_ node: SQLNode, in context: SQLNode, isOutermost: Bool) {
        guard !text.isWords(node, isOutermost: isOutermost) else { return }
        var inner = context
        switch node.kind {
        case .query: removeArms(of: node)
        case .condition:
            drop(node)
            inner = node
        case .and, .or: keepOneSide(of: node, in: context)
        case .not: replace(node.tokens, by: source(node.children[0]), in: context)
        case .comparison(let sign), .membership(let sign), .exists(let sign):
            inner = node
            flip(sign, of: node)
        case .caseExpression: removeBranches(of: node)
        case .when: inner = node
        case .otherwise: inner = node
        case .call(let name): change(callOf: name, node, in: context)
        case .number: change(number: node, in: context)
        case .string: change(string: node, in: context)
        case .distinct: replace(node.tokens, by: "", in: node)
        case .join: change(join: node)
        case .column: inner = node
        case .arm, .joinOperator, .null, .other: break
        }
        changeTruths(below: node, isOutermost: isOutermost)
        changeResults(below: node, isOutermost: isOutermost)
        for child in node.children {
            visit(child, in: inner, isOutermost: isOutermost && !isNested(child, node))
        }
    }

    // The arms of the outermost query are outermost; what stands in brackets is not.
    private func isNested(_ child: SQLNode, _ parent: SQLNode) -> Bool {
        switch (parent.kind, child.kind) {
        case (.query, .arm), (.arm, .column): false
        default: true
        }
    }

    private func source(_ node: SQLNode) -> String { text.text(of: node.tokens) }

    private mutating func replace(
        _ tokens: Range<Int>, by replacement: String, in context: SQLNode
    ) {
        let sql = text.replacing(tokens, with: replacement)
        guard seen.insert(sql).inserted else { return }
        let before = source(context)
        let head = text.text(of: context.tokens.lowerBound..<tokens.lowerBound)
        let tail = text.text(of: tokens.upperBound..<context.tokens.upperBound)
        let parts = [head, replacement, tail].filter { !$0.isEmpty }
        let after = parts.isEmpty ? "(removed)" : parts.joined(separator: " ")
        var name = "\(text.part.rawValue): \(before) -> \(after)"
        names[name, default: 0] += 1
        if let count = names[name], count > 1 { name += " (\(count))" }
        mutants.append(SQLMutant(part: text.part, name: name, sql: sql))
    }

    private mutating func removeArms(of query: SQLNode) {
        let arms = query.children.filter { $0.kind == .arm }
        for (index, arm) in arms.enumerated() where arms.count > 1 {
            let range =
                index == 0
                ? arm.tokens.lowerBound..<arms[1].tokens.lowerBound
                : arms[index - 1].tokens.upperBound..<arm.tokens.upperBound
            let context = SQLNode(kind: .other, tokens: range, children: [])
            replace(range, by: "", in: context)
        }
    }

    private mutating func drop(_ condition: SQLNode) {
        guard let first = condition.tokens.first, let value = condition.children.first else {
            return
        }
        if text.tokens[first].isWord("ON") {
            replace(value.tokens, by: "1", in: condition)
        } else {
            replace(condition.tokens, by: "", in: condition)
        }
    }

    private mutating func keepOneSide(of node: SQLNode, in context: SQLNode) {
        for child in node.children { replace(node.tokens, by: source(child), in: node) }
    }

    private mutating func removeBranches(of node: SQLNode) {
        let branches = node.children.filter { $0.kind == .when }
        let otherwise = node.children.first { $0.kind == .otherwise }
        if branches.count == 1 {
            let value = otherwise?.children.first.map(source) ?? "NULL"
            replace(node.tokens, by: value, in: node)
        } else {
            for branch in branches { replace(branch.tokens, by: "", in: branch) }
        }
        if let otherwise { replace(otherwise.tokens, by: "", in: otherwise) }
    }

    private mutating func change(join: SQLNode) {
        replace(join.tokens, by: "", in: join)
        guard let operation = join.children.first, operation.kind == .joinOperator else { return }
        switch source(operation).uppercased() {
        case "LEFT JOIN", "LEFT OUTER JOIN": replace(operation.tokens, by: "JOIN", in: join)
        case "JOIN", "INNER JOIN": replace(operation.tokens, by: "LEFT JOIN", in: join)
        default: break
        }
    }

    private mutating func change(callOf name: String, _ node: SQLNode, in context: SQLNode) {
        switch name {
        case "coalesce", "ifnull":
            for child in node.children { replace(node.tokens, by: source(child), in: context) }
        case "iif":
            for child in node.children.dropFirst() {
                replace(node.tokens, by: source(child), in: context)
            }
        case "min", "max":
            let first = node.tokens.lowerBound..<node.tokens.lowerBound + 1
            replace(first, by: name == "min" ? "max" : "min", in: context)
        default: break
        }
    }

    private mutating func change(number node: SQLNode, in context: SQLNode) {
        guard let number = Int64(source(node)), number < .max else { return }
        replace(node.tokens, by: String(number + 1), in: context)
        if number > 0 { replace(node.tokens, by: String(number - 1), in: context) }
    }

    private mutating func change(string node: SQLNode, in context: SQLNode) {
        replace(node.tokens, by: "\(source(node).dropLast())~'", in: context)
    }

    private mutating func flip(_ sign: Range<Int>, of node: SQLNode) {
        for other in SQLOperator.others(than: text.text(of: sign).uppercased()) {
            replace(sign, by: other, in: node)
        }
        guard case .membership = node.kind, node.children.count > 2 else { return }
        for (index, element) in node.children.enumerated().dropFirst() {
            let range =
                index == 1
                ? element.tokens.lowerBound..<node.children[2].tokens.lowerBound
                : node.children[index - 1].tokens.upperBound..<element.tokens.upperBound
            replace(range, by: "", in: node)
        }
    }

    // A truth that is no comparison has no operator to flip.
    private mutating func changeTruths(below node: SQLNode, isOutermost: Bool) {
        var truths: ArraySlice<SQLNode> = []
        switch node.kind {
        case .and, .or: truths = node.children[...]
        case .condition: truths = node.children.prefix(1)
        case .when:
            truths = isSearched(node) ? node.children.prefix(1) : []
            for truth in truths { replace(truth.tokens, by: "1", in: node) }
        case .column(let index, _):
            truths = isOutermost && text.part == .judge && index == 1 ? node.children[...] : []
        case .query, .arm, .distinct, .join, .joinOperator, .not, .comparison, .membership,
            .exists, .caseExpression, .otherwise, .call, .number, .string, .null, .other:
            break
        }
        for truth in truths {
            switch truth.kind {
            case .comparison, .membership, .exists, .not, .caseExpression: break
            case .and, .or, .call, .other, .number, .string, .null, .query, .arm, .column,
                .distinct, .join, .joinOperator, .condition, .when, .otherwise:
                replace(truth.tokens, by: "NOT (\(source(truth)))", in: node)
            }
        }
    }

    // `CASE x WHEN 1` compares with a value; only `CASE WHEN x` holds a truth.
    private func isSearched(_ branch: SQLNode) -> Bool {
        searched.contains(branch.tokens.lowerBound)
    }

    private static func searchedBranches(in node: SQLNode) -> Set<Int> {
        let isSearched = node.kind == .caseExpression && node.children.first?.kind == .when
        let own = isSearched ? node.children.filter { $0.kind == .when } : []
        return node.children.reduce(Set(own.map(\.tokens.lowerBound))) {
            $0.union(searchedBranches(in: $1))
        }
    }

    private mutating func changeResults(below node: SQLNode, isOutermost: Bool) {
        var result: SQLNode?
        switch node.kind {
        case .when, .otherwise: result = node.children.last
        case .column(let index, _):
            result = isOutermost && text.part == .judge && index == 1 ? node.children.last : nil
        case .query, .arm, .distinct, .join, .joinOperator, .condition, .and, .or, .not,
            .comparison, .membership, .exists, .caseExpression, .call, .number, .string, .null,
            .other:
            break
        }
        guard let result else { return }
        let others: [String]
        switch (result.kind, source(result)) {
        case (.null, _): others = ["0", "1"]
        case (.number, "0"): others = ["1", "NULL"]
        case (.number, "1"): others = ["0", "NULL"]
        default: others = []
        }
        for other in others { replace(result.tokens, by: other, in: node) }
    }
}
