import Collectors
import Facts
import Documents
import Linux
import Site
import StrictJSON

/// What the agent asks a worker besides tables: everything that the parent must not read itself.
enum AgentQuestion: String, CaseIterable {
    /// What bounds the view of the host: an array of codes.
    case limits
    /// What is declared about the host; the argument is the path of a named file, or empty.
    case site
    /// The way of a packet through the firewall: an array of lines, or null where the argument, a
    /// question of `PacketQuestion`, is none.
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
        return SiteTemplate(ingress: OpenListeners(of: host, declared: site).flows).text
    }

    private static func way(_ argument: [UInt8], _ host: LinuxHost) -> JSONValue {
        guard let question = PacketQuestion(String(decoding: argument, as: UTF8.self)) else {
            return .null
        }
        let site = SiteReading.site([], on: host).value ?? SiteFile(bounds: .none)
        return .array(question.answer(of: host, declared: site).map(JSONValue.string))
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
