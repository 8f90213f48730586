import Facts
import Netlink
import PacketFilter

/// Asks the kernel for all of nf_tables, as of one moment.
struct KernelRules<View: HostView> {
    let host: View

    private static var attempts: Int { 3 }

    /// The dump of one generation; `changed` where the rules do not hold still.
    func dump() throws(HostError) -> KernelDump {
        for _ in 0..<Self.attempts {
            let before = try answer(.generation)
            let failure: HostError?
            do throws(HostError) {
                if let dump = try attempt(after: before) { return dump }
                failure = nil
            } catch {
                failure = error
            }
            // What a change took away between two questions is no error.
            if let failure, try answer(.generation) == before { throw failure }
        }
        throw HostError(.changed, "netlink")
    }

    /// The names of ipsets by their numbers.
    func ipsetNames() throws(HostError) -> [UInt16: String] {
        var names: [UInt16: String] = [:]
        for message in try answer(.ipsets) {
            let pair = try understood { () throws(PacketFilterError) in
                try KernelNames.ipset(message.body)
            }
            if let (number, name) = pair { names[number] = name }
        }
        return names
    }

    // Nothing where something changed meanwhile.
    private func attempt(after before: [NetlinkMessage]) throws(HostError) -> KernelDump? {
        var dump = KernelDump()
        add(before, to: &dump)
        for list in KernelQuestion.lists { try add(list, to: &dump) }
        for list in try understood({ () throws(PacketFilterError) in try dump.elementQuestions() })
        {
            try add(list, to: &dump)
        }
        add(try answer(.generation), to: &dump)
        return try understood { () throws(PacketFilterError) in try dump.isOfOneGeneration() }
            ? dump : nil
    }

    private func add(_ list: KernelQuestion, to dump: inout KernelDump) throws(HostError) {
        add(try answer(list), to: &dump)
        dump.end()
    }

    private func add(_ messages: [NetlinkMessage], to dump: inout KernelDump) {
        for message in messages { dump.append(type: message.type, body: message.body) }
    }

    private func answer(_ question: KernelQuestion) throws(HostError) -> [NetlinkMessage] {
        try host.answer(
            to: NetlinkQuestion(
                .netfilter, type: question.type, body: question.body,
                isDump: question != .generation))
    }

    private func understood<Answer>(
        _ read: () throws(PacketFilterError) -> Answer
    ) throws(HostError) -> Answer {
        do throws(PacketFilterError) {
            return try read()
        } catch {
            throw HostError(.readFailed, "netlink")
        }
    }
}
