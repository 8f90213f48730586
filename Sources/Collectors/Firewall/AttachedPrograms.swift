import Facts
import Netlink

/// Programs that see packets before any rule: XDP, filters of tc(8) where packets come in, and
/// those of bpf(2) at the same place.
struct AttachedPrograms<View: HostView> {
    let host: View

    /// Their names by interface, such as `xdp 12`.
    func all(on state: NetworkState) throws(HostError) -> [String: [String]] {
        var programs: [String: [String]] = [:]
        for link in state.links {
            for number in link.programs { programs[link.name, default: []].append("xdp \(number)") }
            if link.kind == "netkit" { programs[link.name, default: []].append("netkit") }
            if try host.ingressPrograms(on: link.index) > 0 {
                programs[link.name, default: []].append("tcx")
            }
        }
        for message in try host.answer(to: .queues) where message.type == 36 {
            guard message.body.count >= 20,
                let attributes = NetlinkAttributes(message.body.dropFirst(20)),
                let kind = attributes.text(1)
            else { throw HostError(.readFailed, "netlink") }
            let index = Int32(bitPattern: NetlinkNumber.of32(message.body, at: 4))
            guard ["ingress", "clsact"].contains(kind), let name = state.name(index) else {
                continue
            }
            if try hasFilters(index) { programs[name, default: []].append("tc \(kind)") }
        }
        return programs
    }

    // RTM_GETTFILTER of what comes in: TC_H_INGRESS, and its minor number in a clsact queue.
    private func hasFilters(_ index: Int32) throws(HostError) -> Bool {
        for parent in [UInt32(0xFFFF_FFF1), 0xFFFF_FFF2, 0xFFFF_0000] {
            var body = [UInt8](repeating: 0, count: 20)
            for byte in 0..<4 {
                body[4 + byte] = UInt8(truncatingIfNeeded: index >> Int32(8 * byte))
                body[12 + byte] = UInt8(truncatingIfNeeded: parent >> UInt32(8 * byte))
            }
            let question = NetlinkQuestion(.route, type: 46, body: body)
            if try host.answer(to: question).contains(where: { $0.type == 44 }) { return true }
        }
        return false
    }
}
