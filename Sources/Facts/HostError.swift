/// Something on a host that could not be read.
package struct HostError: Error, Sendable, Hashable {
    /// Why: a closed list.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// It does not exist, and that was seen.
        case notFound
        case notPermitted
        case timedOut
        /// It is a directory, a device, a pipe or a socket.
        case notRegular
        case tooLarge
        /// A link in a directory that ordinary users can write.
        case unsafeLink
        /// On a network or FUSE mount.
        case remoteFileSystem
        /// Another file is mounted over it.
        case overmounted
        /// The kernel answered with another error.
        case readFailed
        /// A program ended with a failure.
        case programFailed
        /// Programs are not run on this host: it is an offline root, or a given one.
        case notRunning
        /// A program that others than root can change is not run.
        case notTrusted
        /// A program could not be confined as it must be.
        case notIsolated
        /// Its mount changed since the host was opened.
        case changed
    }

    package var code: Code
    package var path: HostPath

    /// An error by its parts.
    package init(_ code: Code, _ path: HostPath) {
        self.code = code
        self.path = path
    }
}

extension HostError.Code {
    /// The reason of the gap that this error leaves.
    package var gapCode: GapCode {
        switch self {
        case .notFound: .notAvailable
        case .notPermitted: .notPermitted
        case .timedOut: .timedOut
        case .notRegular: .notRegular
        case .tooLarge: .tooLarge
        case .unsafeLink: .unsafeLink
        case .remoteFileSystem: .remoteFileSystem
        case .overmounted: .overmounted
        case .readFailed: .readFailed
        case .programFailed: .notAvailable
        case .notRunning: .notRunning
        case .notTrusted: .notPermitted
        case .notIsolated: .notIsolated
        case .changed: .changed
        }
    }

    /// One sentence for the gap.
    package var sentence: String {
        switch self {
        case .notFound: "it does not exist"
        case .notPermitted: "it may not be read"
        case .timedOut: "it was not read by the deadline"
        case .notRegular: "it is not a regular file"
        case .tooLarge: "it is larger than what is read"
        case .unsafeLink: "a link that ordinary users could have placed leads to it"
        case .remoteFileSystem: "it lies on a network or FUSE mount, which is never touched"
        case .overmounted: "another file is mounted over it"
        case .readFailed: "reading it failed"
        case .programFailed: "the program ended with a failure"
        case .notRunning: "programs are only run on a running host"
        case .notTrusted: "others than root can change the program"
        case .notIsolated: "the program could not be confined"
        case .changed: "what is mounted there changed during the scan"
        }
    }
}
