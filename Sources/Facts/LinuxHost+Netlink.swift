package import Netlink
import Linux

/// What the kernel tells over netlink(7), on a running host alone.
extension LinuxHost {
    package func answer(to question: NetlinkQuestion) throws(HostError) -> [NetlinkMessage] {
        guard kind == .live else { throw HostError(.notRunning, "netlink") }
        do throws(NetlinkFailure) {
            return try NetlinkSocket.answer(to: question)
        } catch {
            throw HostError(LinuxHost.code(error), "netlink")
        }
    }

    private static func code(_ failure: NetlinkFailure) -> HostError.Code {
        switch failure {
        case .refused(let number):
            switch SystemError(number) {
            case .notPermitted, .accessDenied: .notPermitted
            default: .readFailed
            }
        case .changed: .changed
        case .malformed: .readFailed
        case .tooLarge: .tooLarge
        case .timedOut: .timedOut
        }
    }
}
