/// Why something that the kernel told was not read.
enum KernelError: Error, Hashable, Sendable {
    /// It breaks the format: nothing of the dump counts.
    case malformed
    /// It is more than what is read.
    case tooLarge
    /// It may be right, but this reader does not know it: the rule around it is opaque.
    case notUnderstood(String)
}
