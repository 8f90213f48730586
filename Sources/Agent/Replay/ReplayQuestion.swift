import Facts
import Netlink

/// What is asked of a worker that is secluded: it may set up a network that is its own, writes no
/// file and has no power over the host.
enum ReplayQuestion: Sendable, Hashable {
    case plan(ReplayPlan)
    case kernel(NetlinkQuestion)
    case run(HostCommand)
    case read(HostPath, limit: Int)
    case status(HostPath)

    /// The name of the request that carries it.
    static let name = "replay"

    var bytes: [UInt8] {
        var writer = PackedWriter()
        switch self {
        case .plan(let plan):
            writer.append(UInt8(ascii: "p"))
            writer.append(plan.interfaces)
            writer.append(plan.kinds)
            writer.append(count: plan.loaders.count)
            for loader in plan.loaders {
                writer.append(count: loader.count)
                for step in loader {
                    writer.append(UInt8(step.mayFail ? 1 : 0))
                    writer.append(step.command)
                }
            }
        case .kernel(let question):
            writer.append(UInt8(ascii: "k"))
            writer.append(Int64(question.subsystem.rawValue))
            writer.append(Int64(question.type))
            writer.append(question.body)
            writer.append(UInt8(question.isDump ? 1 : 0))
        case .run(let command):
            writer.append(UInt8(ascii: "c"))
            writer.append(command)
        case .read(let path, let limit):
            writer.append(UInt8(ascii: "r"))
            writer.append(path.bytes)
            writer.append(Int64(limit))
        case .status(let path):
            writer.append(UInt8(ascii: "s"))
            writer.append(path.bytes)
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws(PackedReader.Malformed) {
        var reader = PackedReader(bytes)
        switch try reader.byte() {
        case UInt8(ascii: "p"): self = .plan(try reader.plan())
        case UInt8(ascii: "k"):
            guard let part = Int32(exactly: try reader.number()),
                let subsystem = NetlinkQuestion.Subsystem(rawValue: part),
                let type = UInt16(exactly: try reader.number())
            else { throw PackedReader.Malformed() }
            let body = try reader.bytes()
            let isDump = try reader.byte() == 1
            self = .kernel(NetlinkQuestion(subsystem, type: type, body: body, isDump: isDump))
        case UInt8(ascii: "c"): self = .run(try reader.command())
        case UInt8(ascii: "r"):
            let path = HostPath(bytes: try reader.bytes())
            self = .read(path, limit: Int(try reader.number()))
        case UInt8(ascii: "s"): self = .status(HostPath(bytes: try reader.bytes()))
        default: throw PackedReader.Malformed()
        }
        try reader.end()
    }
}

extension PackedWriter {
    fileprivate mutating func append(_ command: HostCommand) {
        append(command.path.bytes)
        append(command.arguments)
        append(Int64(command.seconds))
        append(Int64(command.limit))
    }
}

extension PackedReader {
    fileprivate mutating func plan() throws(Malformed) -> ReplayPlan {
        let interfaces = try texts()
        let kinds = try texts()
        var loaders: [[ReplayStep]] = []
        for _ in 0..<(try count()) {
            var steps: [ReplayStep] = []
            for _ in 0..<(try count()) {
                let mayFail = try byte() == 1
                steps.append(ReplayStep(try command(), mayFail: mayFail))
            }
            loaders.append(steps)
        }
        return ReplayPlan(interfaces: interfaces, kinds: kinds, loaders: loaders)
    }

    fileprivate mutating func command() throws(Malformed) -> HostCommand {
        let path = HostPath(bytes: try bytes())
        let arguments = try texts()
        let seconds = try number()
        let limit = try number()
        guard (1...600).contains(seconds), limit >= 0 else { throw Malformed() }
        return HostCommand(path, arguments, seconds: Int(seconds), limit: Int(limit))
    }
}
