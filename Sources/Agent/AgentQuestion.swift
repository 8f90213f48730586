import Collectors
import Facts
import Linux
import StrictJSON

/// What the agent asks a worker besides tables: everything that the parent must not read itself.
enum AgentQuestion: String, CaseIterable {
    /// What bounds the view of the host: an array of codes.
    case limits
    /// What is declared about the host; the argument is the path of a named file, or empty.
    case site

    /// The answer, in one JSON document.
    func answer(_ argument: [UInt8], about host: LinuxHost) -> JSONValue {
        switch self {
        case .limits: .array(host.limits.map(JSONValue.string))
        case .site: SiteReading.reading(argument, on: host).json
        }
    }
}

extension Worker {
    /// The whole life of a worker of the agent; gives its exit status.
    package static func serve() -> Int32 {
        serve(allCollectors) { name, argument, host in
            AgentQuestion(rawValue: name)?.answer(argument, about: host).bytes
        }
    }
}
