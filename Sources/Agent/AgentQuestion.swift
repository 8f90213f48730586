import Collectors
import Facts
import Documents
import Linux
import PacketFilter
import Site
import StrictJSON

/// What the agent asks a worker besides tables: everything that the parent must not read itself.
enum AgentQuestion: String, CaseIterable {
    /// What bounds the view of the host: an array of codes.
    case limits
    /// What is declared about the host; the argument is the path of a named file, or empty.
    case site
    /// The way of a packet through the firewall, as `PacketAnswer` reads it; the argument has
    /// the path of a named site file, or nothing, and a question of `PacketQuestion`, packed.
    case packet
    /// A site file to begin with, as a text.
    case template

    /// The answer, in one JSON document.
    func answer(_ argument: [UInt8], about host: LinuxHost) -> JSONValue {
        switch self {
        case .limits: .array(host.limits.map(JSONValue.string))
        case .site: SiteReading.reading(argument, on: host).json
        case .packet: Self.way(argument, host)
        case .template: .string(Self.template(host))
        }
    }

    private static func template(_ host: LinuxHost) -> String {
        let site = SiteReading.site([], on: host).value ?? SiteFile(bounds: .none)
        return SiteTemplate(seen: OpenListeners(of: host, declared: site).seen).text
    }

    private static func way(_ argument: [UInt8], _ host: LinuxHost) -> JSONValue {
        var reader = PackedReader(argument)
        guard let words = try? reader.texts(), words.count == 2 else { return .null }
        let (named, question) = (Array(words[0].utf8), words[1])
        let site = SiteReading.site(named, on: host).value ?? SiteFile(bounds: .none)
        do throws(PacketQuestion.Mistake) {
            let ways = try PacketWays(of: host, question, declared: site)
            return PacketAnswer(lines: ways.lines, document: ways.json, isKnown: ways.isKnown).json
        } catch {
            return .object(["mistake": .string(error.message), "hint": .string(error.hint)])
        }
    }
}

extension Worker {
    /// The whole life of a worker of the agent; gives its exit status.
    package static func serve() -> Int32 {
        serve(allCollectors) { name, argument, host in
            if name == ReplayQuestion.name { return replay(argument, on: host) }
            return AgentQuestion(rawValue: name)?.answer(argument, about: host).bytes
        }
    }

    private static func replay(_ argument: [UInt8], on host: LinuxHost) -> [UInt8]? {
        guard let worker = SecludedWorker(host),
            let question = try? ReplayQuestion(argument)
        else { return nil }
        return worker.answer(to: question).bytes
    }
}
