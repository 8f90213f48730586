@testable import Collectors
@testable import Facts
@testable import PacketFilter

/// What firewalld makes of its files, for libFuzzer.
///
/// A document is the files below `/etc/firewalld`: a line `=== zones/public.xml` begins each. They
/// may be refused, but no reader may crash, hang or eat memory, and what they come to must be a
/// table that has every rule which was written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let host = GivenHost(shipped.merging(files(bytes)) { _, new in new })
    for version in [FirewalldVersion.zones, .policies] {
        guard let configuration = try? FirewalldConfiguration(of: host, version, .all) else {
            continue
        }
        let table = FirewalldTable(configuration, mayBindMore: bytes.count % 2 == 0)
        guard let ruleset = try? table.added(to: Ruleset()) else {
            fatalError("a table that cannot be read")
        }
        // Whatever it is named for, no rule stands for more than one.
        guard ruleset.tables.map(\.name) == ["firewalld"] else { fatalError("another table") }
    }
    return 0
}

private func files(_ bytes: [UInt8]) -> [HostPath: GivenHost.Node] {
    var files: [HostPath: [UInt8]] = [:]
    var path: HostPath?
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        if line.starts(with: "=== ".utf8) {
            let name = String(decoding: line.dropFirst(4).prefix(64), as: UTF8.self)
            path =
                kinds.contains(where: name.hasPrefix) && !name.contains("..")
                ? HostPath("/etc/firewalld/\(name)") : nil
            if let path { files[path] = [] }
        } else if let path {
            files[path]? += line + [UInt8(ascii: "\n")]
        }
    }
    return files.mapValues { .file($0) }
}

private let kinds = [
    "zones/", "services/", "policies/", "ipsets/", "icmptypes/", "helpers/", "firewalld.conf",
    "direct.xml",
]

private let shipped: [HostPath: GivenHost.Node] = [
    "/etc/protocols": "gre 47 GRE\n",
    "/usr/lib/firewalld/services/ssh.xml":
        "<service><port port=\"22\" protocol=\"tcp\"/></service>",
    "/usr/lib/firewalld/icmptypes/echo-request.xml": "<icmptype/>",
    "/usr/lib/firewalld/helpers/ftp.xml": "<helper module=\"nf_conntrack_ftp\"/>",
    "/usr/lib/firewalld/zones/block.xml": "<zone target=\"%%REJECT%%\"/>",
    "/usr/lib/firewalld/zones/drop.xml": "<zone target=\"DROP\"/>",
    "/usr/lib/firewalld/zones/trusted.xml": "<zone target=\"ACCEPT\"/>",
    "/usr/lib/firewalld/zones/public.xml": "<zone><service name=\"ssh\"/></zone>",
].mapValues { .file(Array($0.utf8)) }
