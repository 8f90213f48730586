import Facts

/// The table `packet_flows` as an answer to *what gets in?*
///
/// What nobody declares comes first; flows that differ in their interface alone are one line.
struct FlowsText {
    private struct Line: Hashable {
        var flow: String
        var declared: String
        var listener: String
        var rule: String
    }

    private let columns: [String: Int]
    private let rows: [[Value]]
    private let gaps: [Gap]
    private let isLive: Bool

    init(_ columns: [String], _ rows: [[Value]], gaps: [Gap], isLive: Bool) {
        self.columns = Dictionary(
            columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.rows = rows
        self.gaps = gaps
        self.isLive = isLive
    }

    /// A part for each layer and direction in which there is something.
    var text: String {
        var parts: [String] = []
        for (layer, when) in [(Layer.running, "now"), (.configured, "at the next boot")] {
            let own = rows.filter { text($0, "layer") == layer.rawValue }
            if own.isEmpty {
                // An image runs nothing.
                if layer == .running, !isLive { continue }
                if gaps.contains(where: { $0.layer == nil || $0.layer == layer }) {
                    parts.append("What gets in \(when) is not known.\n")
                    continue
                }
            }
            for (direction, what) in [
                ("input", "into the host"), ("forward", "through the host"),
                ("output", "out of the host"),
            ] {
                let lines = lines(
                    own.filter { text($0, "direction") == direction }, of: interfaces(own))
                // What leaves is listed only where it is declared.
                if lines.isEmpty, direction == "output" { continue }
                let title = "\(what.capitalizedFirst), \(when):"
                parts.append(lines.isEmpty ? "\(title) nothing\n" : "\(title)\n" + table(lines))
            }
        }
        return parts.joined(separator: "\n")
    }

    private func interfaces(_ rows: [[Value]]) -> Set<String> {
        Set(rows.compactMap { text($0, "interface") })
    }

    private func lines(_ rows: [[Value]], of all: Set<String>) -> [Line] {
        var order: [Line] = []
        var interfaces: [Line: [String]] = [:]
        for row in rows {
            let interface = text(row, "interface") ?? ""
            let line = Line(
                flow: bare(row, interface), declared: text(row, "declared_by") ?? "by nobody",
                listener: text(row, "listener") ?? "", rule: text(row, "rule") ?? "no rule sees it")
            if interfaces[line] == nil { order.append(line) }
            interfaces[line, default: []].append(interface)
        }
        let undeclared = order.filter { $0.declared == "by nobody" }
        let others = order.filter { $0.declared != "by nobody" }
        return (undeclared + others).map { line in
            var line = line
            let names = interfaces[line] ?? []
            let isEverywhere = names.count > 1 && Set(names) == all
            line.flow = line.flow.replacing(
                Self.mark,
                with: isEverywhere ? "every interface" : names.joined(separator: ", "),
                maxReplacements: 1)
            return line
        }
    }

    private static let mark = "\u{0}"

    // The key without what the heading says, and with a mark for the interface.
    private func bare(_ row: [Value], _ interface: String) -> String {
        var flow = text(row, "flow") ?? ""
        for prefix in ["input ", "forward ", "output "] where flow.hasPrefix(prefix) {
            flow.removeFirst(prefix.count)
        }
        for (layer, end) in [("running", ", running"), ("configured", ", configured")]
        where text(row, "layer") == layer {
            flow = flow.replacing(end, with: "")
        }
        if let range = flow.ranges(of: interface).last {
            flow.replaceSubrange(range, with: Self.mark)
        }
        return flow
    }

    private func table(_ lines: [Line]) -> String {
        var head = ["flow", "declared", "listens", "let in by"]
        var cells = lines.map { [$0.flow, $0.declared, $0.listener, $0.rule] }
        if lines.allSatisfy(\.listener.isEmpty) {
            head.remove(at: 2)
            cells = cells.map { [$0[0], $0[1], $0[3]] }
        }
        let text = TableText.text(
            head, cells.map { $0.map { $0.isEmpty ? .null : .text($0) } }, widest: 80)
        return text.split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    private func text(_ row: [Value], _ column: String) -> String? {
        guard let index = columns[column], case .text(let text) = row[index] else { return nil }
        return text
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
