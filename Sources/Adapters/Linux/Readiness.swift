import Glibc

/// Waits until one of several descriptors can be used; see poll(2).
package struct Readiness: Sendable {
    /// What a descriptor is waited for.
    package enum Interest: Sendable, Hashable {
        /// Bytes, or the end, can be read.
        case reading
        /// As `reading`, or bytes can be written.
        case both
    }

    private var entries: [pollfd] = []

    /// Waits for nothing yet.
    package init() {}

    /// Waits for a descriptor too, which stays open until then; gives its index.
    package mutating func add(_ descriptor: borrowing Descriptor, for interest: Interest) -> Int {
        let events = interest == .both ? POLLIN | POLLOUT : POLLIN
        entries.append(
            pollfd(fd: descriptor.number, events: Int16(events), revents: 0))
        return entries.count - 1
    }

    /// Waits at most so long, less where a signal comes.
    package mutating func wait(milliseconds: Int32) {
        let answer = unsafe poll(&entries, nfds_t(entries.count), max(milliseconds, 0))
        guard answer < 0 else { return }
        for index in entries.indices { entries[index].revents = 0 }
    }

    /// Whether bytes, the end or an error can be read.
    package func canRead(_ index: Int) -> Bool {
        entries[index].revents & Int16(POLLIN | POLLHUP | POLLERR | POLLNVAL) != 0
    }

    /// Whether bytes can be written.
    package func canWrite(_ index: Int) -> Bool {
        entries[index].revents & Int16(POLLOUT) != 0
    }
}
