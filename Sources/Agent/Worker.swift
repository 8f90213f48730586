import Documents
package import Facts
import Linux
import Probes
import Site

/// A process that gathers tables for the scan: reads requests from its standard input and answers
/// each of them on its standard output.
package struct Worker {
    /// Answers a request that the program defines: its name, its argument and the host; nil where
    /// the name means nothing.
    package typealias Special = (String, [UInt8], LinuxHost) -> [UInt8]?

    private let collectors: [String: any Collector]
    private let special: Special
    private var sites: [WorkerHost: [SiteFiles: SiteFile?]] = [:]
    private var hosts: [WorkerHost: Result<LinuxHost, HostError>] = [:]

    private init(_ collectors: [any Collector], _ special: @escaping Special) {
        self.collectors = Dictionary(
            collectors.map { ($0.schema.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.special = special
    }

    /// The whole life of a worker, the body of the hidden verb; gives its exit status.
    package static func serve(
        _ collectors: [any Collector], special: @escaping Special = { _, _, _ in nil }
    ) -> Int32 {
        var worker = Worker(collectors, special)
        do throws(SystemError) {
            let input = try StandardDescriptors.takeInput()
            let output = try StandardDescriptors.takeOutput()
            return try worker.serve(from: input, to: output)
        } catch {
            return 70
        }
    }

    private mutating func serve(
        from input: borrowing Descriptor, to output: borrowing Descriptor
    ) throws(SystemError) -> Int32 {
        var buffer = FrameBuffer()
        while true {
            let bytes = try input.readSome(min(buffer.missing, 1 << 16))
            // Nobody asks any more.
            if bytes.isEmpty { return buffer.isEmpty ? 0 : 70 }
            buffer.append(bytes)
            guard let payload = try? buffer.payload() else { continue }
            guard let request = try? WorkerRequest(payload) else { return 70 }
            try output.write(Frame.bytes(around: bounded(reply(to: request), to: request)))
        }
    }

    // Tables that no frame can hold are not sent.
    private func bounded(_ reply: WorkerReply, to request: WorkerRequest) -> [UInt8] {
        let bytes = reply.bytes
        guard bytes.count > Frame.limit else { return bytes }
        switch reply {
        case .tables(let tables):
            return WorkerReply.tables(
                tables.map { table in
                    let name = table.schema.name
                    let gap = Gap(.tooLarge, in: name, "what was gathered is larger than a message")
                    return .unavailable(table.schema, gap)
                }
            ).bytes
        case .special, .unknown, .noHost: return WorkerReply.unknown.bytes
        }
    }

    private mutating func reply(to request: WorkerRequest) -> WorkerReply {
        let host: LinuxHost
        do throws(HostError) {
            host = try open(request.host).get()
        } catch {
            return .noHost(error.code)
        }
        switch request {
        case .tables(let names, let files, let key):
            let collectors = names.compactMap { self.collectors[$0] }
            guard collectors.count == names.count else { return .unknown }
            let tables = gather(collectors, files, host, key)
            return .tables(tables.map(host.qualified))
        case .foreign(let collector, _):
            return .tables([ForeignTable(collector).gathered(from: host)])
        case .special(let name, let argument, _):
            return special(name, argument, host).map(WorkerReply.special) ?? .unknown
        }
    }

    private mutating func gather(
        _ collectors: [any Collector], _ files: SiteFiles, _ host: LinuxHost, _ key: WorkerHost
    ) -> [GatheredTable] {
        guard collectors.contains(where: { $0 is any SiteCollector }) else {
            return collectors.map { $0.gather(from: host) }
        }
        guard let declared = site(files, of: host, key) else {
            return collectors.map { collector in
                guard collector is any SiteCollector else { return collector.gather(from: host) }
                let gap = Gap(
                    .changed, in: collector.schema.name,
                    "the site files are not what they were when the scan began")
                return .unavailable(collector.schema, gap)
            }
        }
        return collectors.gather(from: host, knowing: declared)
    }

    // Nil where they are not understood, or no longer say what the scan has read of them: tables
    // that are held against different declarations say nothing together.
    private mutating func site(
        _ files: SiteFiles, of host: LinuxHost, _ key: WorkerHost
    ) -> SiteFile? {
        if let known = sites[key]?[files] { return known }
        var read = SiteReading.site(files.named.map { Array($0.utf8) } ?? [], on: host).value
        if let digests = files.digests, read?.sources.map(\.sha256) != digests { read = nil }
        sites[key, default: [:]][files] = .some(read)
        return read
    }

    private static func replay() throws(HostError) -> SecludedReplay {
        do throws(SystemError) {
            return SecludedReplay(try .itself(["assay", "worker"]))
        } catch {
            throw HostError(.notIsolated, "replay")
        }
    }

    // One host stays open for all its tables.
    private mutating func open(_ host: WorkerHost) -> Result<LinuxHost, HostError> {
        if let opened = hosts[host] { return opened }
        let opened: Result<LinuxHost, HostError>
        do throws(HostError) {
            switch host {
            case .live: opened = .success(try LinuxHost.live())
            case .secluded: opened = .success(try LinuxHost.secluded())
            case .replaying: opened = .success(try LinuxHost.live(replay: Self.replay()))
            case .offline(let root): opened = .success(try LinuxHost.offline(root: root))
            }
        } catch {
            opened = .failure(error)
        }
        hosts[host] = opened
        return opened
    }
}

extension LinuxHost {
    /// A table of files is not known to be the host's where the scan may have other mounts.
    fileprivate func qualified(_ table: GatheredTable) -> GatheredTable {
        let doubts: [HostLimit] = [.otherMounts, .mountsNotComparable]
        guard kind == .live, table.schema.layer != .running, table.state != .unavailable,
            doubts.contains(where: { limits.contains($0.rawValue) })
        else { return table }
        var table = table
        table.state = .partial
        table.gaps.append(
            Gap(
                .otherNamespace, in: table.schema.name,
                "the scan sees other mounts than the host, or cannot tell"))
        return table
    }
}
