import CLinux

/// The descriptors 0, 1 and 2.
package enum StandardDescriptors {
    /// Opens `/dev/null` at those that are closed, so that no other file is taken for them.
    package static func fill() throws(SystemError) {
        _ = try SystemError.checked(clinux_fill_standard())
    }

    /// The standard input under another number; 0 is `/dev/null` from now on.
    package static func takeInput() throws(SystemError) -> Descriptor { try take(0) }

    /// The standard output under another number; 1 is `/dev/null` from now on, so that what a
    /// library prints goes nowhere.
    package static func takeOutput() throws(SystemError) -> Descriptor { try take(1) }

    private static func take(_ number: Int32) throws(SystemError) -> Descriptor {
        let descriptor = Descriptor(adopting: try SystemError.checked(clinux_duplicate(number)))
        _ = try SystemError.checked(clinux_make_null(number))
        return descriptor
    }
}
