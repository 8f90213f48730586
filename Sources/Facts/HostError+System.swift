import Linux

extension HostError {
    /// What the kernel's answer means for a path.
    init(_ error: SystemError, _ path: HostPath) {
        switch error {
        case .noEntry, .notDirectory, .noProcess: self.init(.notFound, path)
        case .accessDenied, .notPermitted: self.init(Code.notPermitted, path)
        default: self.init(.readFailed, path)
        }
    }
}
