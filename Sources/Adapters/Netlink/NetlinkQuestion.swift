/// A question to the kernel over netlink(7): for a dump, or for one answer.
package struct NetlinkQuestion: Sendable, Hashable {
    /// The part of the kernel that answers.
    package enum Subsystem: Int32, Sendable, Hashable {
        /// Interfaces, addresses, routes and queues; see rtnetlink(7).
        case route = 0
        /// nf_tables and its kin.
        case netfilter = 12
    }

    package var subsystem: Subsystem
    /// The type of the request.
    package var type: UInt16
    /// What follows the header of the message.
    package var body: [UInt8]
    /// What is asked for is a list; otherwise an acknowledgement ends the answer.
    package var isDump: Bool

    /// A question by its parts.
    package init(_ subsystem: Subsystem, type: UInt16, body: [UInt8], isDump: Bool = true) {
        self.subsystem = subsystem
        self.type = type
        self.body = body
        self.isDump = isDump
    }
}

/// One message of an answer.
package struct NetlinkMessage: Sendable, Hashable {
    package var type: UInt16
    /// What follows the header.
    package var body: [UInt8]

    /// A message by its parts.
    package init(type: UInt16, body: [UInt8]) {
        self.type = type
        self.body = body
    }
}

/// Why the kernel gave no whole answer.
package enum NetlinkFailure: Error, Sendable, Hashable {
    /// It refused, by its number in errno(3).
    case refused(Int32)
    /// The state changed while it was told, again and again.
    case changed
    /// The answer breaks the format, or somebody else sent it.
    case malformed
    /// The answer is larger than what is read.
    case tooLarge
    /// No answer came in time.
    case timedOut
}
