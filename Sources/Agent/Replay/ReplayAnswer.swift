import Facts
import Netlink

/// What a secluded worker answers to a `ReplayQuestion`.
enum ReplayAnswer: Sendable, Hashable {
    case done
    case messages([NetlinkMessage])
    case output(HostOutput)
    case content([UInt8])
    case status(FileStatus)
    case error(HostError)

    var bytes: [UInt8] {
        var writer = PackedWriter()
        switch self {
        case .done: writer.append(UInt8(ascii: "d"))
        case .messages(let messages):
            writer.append(UInt8(ascii: "m"))
            writer.append(count: messages.count)
            for message in messages {
                writer.append(Int64(message.type))
                writer.append(message.body)
            }
        case .output(let output):
            writer.append(UInt8(ascii: "o"))
            writer.append(Int64(output.status))
            writer.append(output.output)
        case .content(let content):
            writer.append(UInt8(ascii: "c"))
            writer.append(content)
        case .status(let status):
            writer.append(UInt8(ascii: "s"))
            writer.append(status)
        case .error(let error):
            writer.append(UInt8(ascii: "e"))
            writer.append(error.code.rawValue)
            writer.append(error.path.bytes)
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws(PackedReader.Malformed) {
        var reader = PackedReader(bytes)
        switch try reader.byte() {
        case UInt8(ascii: "d"): self = .done
        case UInt8(ascii: "m"):
            var messages: [NetlinkMessage] = []
            for _ in 0..<(try reader.count()) {
                let type = try reader.exactly(UInt16.self)
                messages.append(NetlinkMessage(type: type, body: try reader.bytes()))
            }
            self = .messages(messages)
        case UInt8(ascii: "o"):
            let status = try reader.exactly(Int32.self)
            self = .output(HostOutput(status: status, output: try reader.bytes()))
        case UInt8(ascii: "c"): self = .content(try reader.bytes())
        case UInt8(ascii: "s"): self = .status(try reader.status())
        case UInt8(ascii: "e"):
            guard let code = HostError.Code(rawValue: try reader.text()) else {
                throw PackedReader.Malformed()
            }
            self = .error(HostError(code, HostPath(bytes: try reader.bytes())))
        default: throw PackedReader.Malformed()
        }
        try reader.end()
    }
}

extension PackedWriter {
    fileprivate mutating func append(_ status: FileStatus) {
        append(Int64(FileKind.allCases.firstIndex(of: status.kind) ?? 0))
        append(Int64(status.mode))
        append(Int64(status.owner))
        append(Int64(status.group))
        append(status.size)
        append(status.changed)
    }
}

extension PackedReader {
    fileprivate mutating func exactly<Number: BinaryInteger>(
        _ type: Number.Type
    ) throws(Malformed) -> Number {
        guard let number = Number(exactly: try number()) else { throw Malformed() }
        return number
    }

    fileprivate mutating func status() throws(Malformed) -> FileStatus {
        let kind = try exactly(Int.self)
        guard FileKind.allCases.indices.contains(kind) else { throw Malformed() }
        return FileStatus(
            kind: FileKind.allCases[kind], mode: try exactly(UInt32.self),
            owner: try exactly(UInt32.self), group: try exactly(UInt32.self), size: try number(),
            changed: try number())
    }
}
