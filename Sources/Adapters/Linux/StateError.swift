import Glibc

/// Why a file of our own state could not be used.
package struct StateError: Error, Sendable, Hashable {
    /// A closed list, stable for machines.
    package enum Code: String, Sendable, Hashable {
        case notFound
        case exists
        /// The kernel refused.
        case notPermitted
        /// Others than its owner may do with it what only the owner should.
        case mode
        /// It belongs to another user.
        case owner
        /// It is a link, or not what a file of that name has to be.
        case kind
        /// It is larger than what is read.
        case tooLarge
        /// The file system, or the quota, is full.
        case full
        /// Another process holds it.
        case busy
        /// The file system can only be read.
        case readOnly
        /// Reading or writing failed for another reason.
        case failed
    }

    package var code: Code
    /// The path as it was given, or the name below a directory.
    package var path: String

    /// An error by its parts.
    package init(_ code: Code, _ path: String) {
        self.code = code
        self.path = path
    }

    /// An error of the kernel, as the shims give it: negative.
    init(errno number: CInt, _ path: String) {
        self.init(Code(errno: -number), path)
    }
}

extension StateError.Code {
    fileprivate init(errno number: CInt) {
        switch number {
        case ENOENT: self = .notFound
        case EEXIST: self = .exists
        case EACCES, EPERM: self = .notPermitted
        case ELOOP, ENOTDIR, EISDIR, ENXIO: self = .kind
        case ENOSPC, EDQUOT, EFBIG: self = .full
        case EWOULDBLOCK: self = .busy
        case EROFS: self = .readOnly
        default: self = .failed
        }
    }

    /// What was wrong, in our own words alone.
    package var sentence: String {
        switch self {
        case .notFound: "is not there"
        case .exists: "is already there"
        case .notPermitted: "may not be used"
        case .mode: "may be used by others than its owner"
        case .owner: "belongs to another user"
        case .kind: "is a link, or not what it has to be"
        case .tooLarge: "is larger than what is read"
        case .full: "cannot be written: no space is left"
        case .busy: "is held by another process"
        case .readOnly: "cannot be written: the file system can only be read"
        case .failed: "could not be read or written"
        }
    }
}
