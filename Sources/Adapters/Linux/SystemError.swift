import Glibc

/// What the kernel refused, by its number in errno(3).
package struct SystemError: Error, Sendable, Hashable {
    /// The number, greater than 0.
    package var number: Int32

    /// The error with this number.
    package init(_ number: Int32) {
        self.number = number
    }

    /// The name does not exist.
    package static let noEntry = SystemError(ENOENT)
    /// A component of the path is no directory.
    package static let notDirectory = SystemError(ENOTDIR)
    /// The permission bits refuse it.
    package static let accessDenied = SystemError(EACCES)
    /// Only a privileged process may do it.
    package static let notPermitted = SystemError(EPERM)
    /// The process that a file of /proc tells of has ended.
    package static let noProcess = SystemError(ESRCH)
    /// It would have to wait.
    package static let wouldBlock = SystemError(EAGAIN)
    /// Nobody is at the other end.
    package static let brokenPipe = SystemError(EPIPE)
    /// The argument makes no sense to the kernel, such as a name with a NUL in it.
    package static let invalid = SystemError(EINVAL)

    /// The value that a function of CLinux returned, or the error that it is.
    static func checked<Number: SignedInteger>(_ answer: Number) throws(SystemError) -> Number {
        guard answer >= 0 else { throw SystemError(Int32(-answer)) }
        return answer
    }
}
