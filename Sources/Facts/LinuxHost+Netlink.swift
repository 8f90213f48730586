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

    package func ingressPrograms(on interface: Int32) throws(HostError) -> Int {
        guard kind == .live else { throw HostError(.notRunning, "bpf") }
        do throws(SystemError) {
            return try IngressPrograms.count(on: interface)
        } catch {
            // A container that may not ask may not attach one either; systemd says what it is.
            let isContainer = (try? exists("/run/systemd/container")) == true
            guard error == .notPermitted, isContainer else { throw HostError(error, "bpf") }
            return 0
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
