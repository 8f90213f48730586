import Facts
import Probes

/// Which machine workers look at.
package enum WorkerHost: Sendable, Hashable {
    case live
    /// The same, and what it loads at boot is loaded in a network of its own as well.
    case replaying
    /// The same, as a worker sees it that is secluded from it.
    case secluded
    /// A root directory that does not run, by its absolute path.
    case offline(root: String)
}

/// The site files that tables are held against.
package struct SiteFiles: Sendable, Hashable {
    /// A site file that is named; nil is the host's own.
    package var named: String?
    /// What was read of them when the scan began: a worker that reads something else does not
    /// gather; nil where nobody has read them.
    package var digests: [String]?

    /// Files by their parts.
    package init(named: String?, digests: [String]?) {
        self.named = named
        self.digests = digests
    }
}

/// What a worker is asked.
enum WorkerRequest: Sendable, Hashable {
    /// Gather the tables of these names together, with what the site files declare.
    case tables([String], SiteFiles, WorkerHost)
    /// Gather the table of a foreign collector.
    case foreign(Probe.ForeignCollector, WorkerHost)
    /// Something that the program defines, by its name, with an argument.
    case special(String, [UInt8], WorkerHost)

    var host: WorkerHost {
        switch self {
        case .tables(_, _, let host), .foreign(_, let host), .special(_, _, let host): host
        }
    }

    var bytes: [UInt8] {
        var writer = PackedWriter()
        switch host {
        case .live: writer.append(UInt8(ascii: "l"))
        case .replaying: writer.append(UInt8(ascii: "r"))
        case .secluded: writer.append(UInt8(ascii: "s"))
        case .offline(let root):
            writer.append(UInt8(ascii: "o"))
            writer.append(root)
        }
        switch self {
        case .tables(let names, let site, _):
            writer.append(UInt8(ascii: site.digests == nil ? "t" : "d"))
            writer.append(names)
            writer.append(site.named ?? "")
            writer.append(site.digests ?? [])
        case .foreign(let collector, _):
            writer.append(UInt8(ascii: "f"))
            collector.pack(into: &writer)
        case .special(let name, let argument, _):
            writer.append(UInt8(ascii: "s"))
            writer.append(name)
            writer.append(argument)
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws(PackedReader.Malformed) {
        var reader = PackedReader(bytes)
        let host: WorkerHost
        switch try reader.byte() {
        case UInt8(ascii: "l"): host = .live
        case UInt8(ascii: "r"): host = .replaying
        case UInt8(ascii: "s"): host = .secluded
        case UInt8(ascii: "o"): host = .offline(root: try reader.text())
        default: throw PackedReader.Malformed()
        }
        let kind = try reader.byte()
        switch kind {
        case UInt8(ascii: "t"), UInt8(ascii: "d"):
            let names = try reader.texts()
            let named = try reader.text()
            let digests = try reader.texts()
            let site = SiteFiles(
                named: named.isEmpty ? nil : named,
                digests: kind == UInt8(ascii: "d") ? digests : nil)
            self = .tables(names, site, host)
        case UInt8(ascii: "f"):
            self = .foreign(try Probe.ForeignCollector(unpackedFrom: &reader), host)
        case UInt8(ascii: "s"): self = .special(try reader.text(), try reader.bytes(), host)
        default: throw PackedReader.Malformed()
        }
        try reader.end()
    }
}
