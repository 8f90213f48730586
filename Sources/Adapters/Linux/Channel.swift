import CLinux

/// Two ends of a local stream, close-on-exec.
package struct Channel: ~Copyable {
    /// The end of the process that made it.
    package let own: Descriptor
    /// The end of a process that is started.
    package let other: Descriptor

    private init(own: Int32, other: Int32) {
        self.own = Descriptor(adopting: own)
        self.other = Descriptor(adopting: other)
    }

    /// Two connected sockets: both ends read and write; see socketpair(2).
    package static func sockets() throws(SystemError) -> Channel {
        var ends: [Int32] = [-1, -1]
        _ = unsafe try SystemError.checked(clinux_socket_pair(&ends))
        return Channel(own: ends[0], other: ends[1])
    }

    /// A pipe, whose own end reads what the other writes; see pipe(2).
    package static func pipe() throws(SystemError) -> Channel {
        var ends: [Int32] = [-1, -1]
        _ = unsafe try SystemError.checked(clinux_pipe(&ends))
        return Channel(own: ends[0], other: ends[1])
    }

    /// Lets go of the other end, which a started process has now, and gives the own one.
    package consuming func ownEnd() -> Descriptor { own }
}
