/// What the kernel is asked about its rules.
package struct KernelQuestion: Hashable, Sendable {
    /// The type of the request, with the number of nf_tables in it.
    package var type: UInt16
    /// What follows the header of the request.
    package var body: [UInt8]

    /// The number of the generation; the one question that is no list.
    package static let generation = KernelQuestion(type: 0x0A10, body: [0, 0, 0, 0])
    /// The tables, chains, rules and sets of all families, in the order of a dump.
    package static let lists = [0x0A01, 0x0A04, 0x0A07, 0x0A0A].map {
        KernelQuestion(type: $0, body: [0, 0, 0, 0])
    }

    /// The names and numbers of all ipsets, without their members (IPSET_CMD_LIST with
    /// IPSET_FLAG_LIST_HEADER, in the protocol's version 7; ip_set.h).
    package static let ipsets = KernelQuestion(
        type: 0x0607,
        body: [0, 0, 0, 0, 5, 0, 1, 0, 7, 0, 0, 0, 8, 0, 6, 0x40, 0, 0, 0, 4])

    private init(type: UInt16, body: [UInt8]) {
        self.type = type
        self.body = body
    }

    /// The elements of a set (`NFT_MSG_GETSETELEM`).
    fileprivate init(elementsOf set: String, in table: String, _ family: UInt8) {
        self.init(
            type: 0x0A0D,
            body: [family, 0, 0, 0] + KernelQuestion.attribute(1, table)
                + KernelQuestion.attribute(2, set))
    }

    private static func attribute(_ type: UInt8, _ text: String) -> [UInt8] {
        let value = Array(text.utf8) + [0]
        let length = value.count + 4
        return [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8), type, 0]
            + value + [UInt8](repeating: 0, count: -length & 3)
    }
}

extension KernelDump {
    /// What is to be asked once the lists are there: the elements of each set, in their order.
    package func elementQuestions() throws(PacketFilterError) -> [KernelQuestion] {
        do throws(KernelError) {
            var questions: [KernelQuestion] = []
            for message in try messages() where message.kind == .set {
                let attributes = try KernelAttributes(message.content)
                questions.append(
                    KernelQuestion(
                        elementsOf: try attributes.requiredText(2),
                        in: try attributes.requiredText(1), message.family))
            }
            return questions
        } catch {
            throw PacketFilterError(.malformed, "sets")
        }
    }
}

extension KernelNames {
    /// The name and number of an ipset out of a message of the answer; nothing where it has none.
    package static func ipset(_ body: [UInt8]) throws(PacketFilterError) -> (UInt16, String)? {
        do throws(KernelError) {
            let attributes = try KernelAttributes(body[...].dropFirst(4))
            guard let number = try attributes.number16(11) else { return nil }
            return (number, try attributes.requiredText(2))
        } catch {
            throw PacketFilterError(.malformed, "ipsets")
        }
    }
}
