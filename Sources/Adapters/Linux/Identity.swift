import Glibc

/// Who a process acts as.
package struct Identity: Sendable, Hashable {
    package var user: UInt32
    package var group: UInt32

    /// An identity by its parts.
    package init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }

    /// The identity that this process acts with.
    package static var effective: Identity { Identity(user: geteuid(), group: getegid()) }
}
