import Facts
import Netlink

/// What a worker that is secluded does for a `ReplayQuestion`.
struct SecludedWorker {
    let host: LinuxHost

    /// Nil where this process is not secluded: nothing is loaded into the host's own network.
    init?(_ host: LinuxHost) {
        // Only a namespace that was made for this process knows no more than one user.
        guard let map = try? host.read("/proc/self/uid_map", limit: 4096) else { return nil }
        let words = map.split { $0 == 0x20 || $0 == 0x0A }
        guard words.count == 3, words[2].elementsEqual("1".utf8) else { return nil }
        self.host = host
    }

    /// The answer to a question.
    func answer(to question: ReplayQuestion) -> ReplayAnswer {
        do throws(HostError) {
            switch question {
            case .plan(let plan):
                try carryOut(plan)
                return .done
            case .kernel(let question): return .messages(try host.answer(to: question))
            case .run(let command): return .output(try host.run(command))
            case .read(let path, let limit):
                return .content(try host.read(path, limit: limit))
            case .status(let path): return .status(try host.status(of: path))
            }
        } catch {
            return .error(error)
        }
    }

    private func carryOut(_ plan: ReplayPlan) throws(HostError) {
        for name in plan.interfaces { try makeInterface(name, of: plan.kinds) }
        for loader in plan.loaders {
            for step in loader {
                let output = try? host.run(step.command)
                guard output?.status == 0 || step.mayFail else { break }
            }
        }
    }

    private func makeInterface(_ name: String, of kinds: [String]) throws(HostError) {
        for kind in kinds {
            do throws(NetlinkFailure) {
                try NetlinkPlaceholder.make(named: name, kind: kind)
                return
            } catch {
                continue
            }
        }
        throw HostError(.notIsolated, HostPath(name))
    }
}
