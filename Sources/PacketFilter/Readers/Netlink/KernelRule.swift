/// A rule as the kernel tells it.
struct KernelRule {
    /// A step of it.
    struct Expression {
        var name: String
        /// What it is about; nothing for those that have nothing to say.
        var content: ArraySlice<UInt8>
    }

    var table: String
    var chain: String
    var handle: UInt64
    var expressions: [Expression]
    /// What its author wrote beside it.
    var comment: String?

    init(_ content: ArraySlice<UInt8>) throws(KernelError) {
        let attributes = try KernelAttributes(content)
        table = try attributes.requiredText(1)
        chain = try attributes.requiredText(2)
        guard let handle = try attributes.number64(3) else { throw .malformed }
        self.handle = handle
        expressions = []
        for element in try attributes.nested(4)?.list() ?? [] {
            let parts = try KernelAttributes(element)
            expressions.append(
                Expression(name: try parts.requiredText(1), content: parts[2] ?? []))
        }
        comment = attributes[7].flatMap(KernelRule.comment)
    }

    // Data of nft's own: type, length and value, one after the other (libnftnl, udata.h).
    private static func comment(_ data: ArraySlice<UInt8>) -> String? {
        var rest = data
        while let type = rest.first, let length = rest.dropFirst().first {
            let value = rest.dropFirst(2).prefix(Int(length))
            if type == 0, value.count == Int(length) { return value.terminated }
            rest = rest.dropFirst(2 + Int(length))
        }
        return nil
    }
}
