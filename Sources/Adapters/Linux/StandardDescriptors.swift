import CLinux

/// The descriptors 0, 1 and 2.
package enum StandardDescriptors {
    /// Opens `/dev/null` at those that are closed, so that no other file is taken for them.
    package static func fill() throws(SystemError) {
        _ = try SystemError.checked(clinux_fill_standard())
    }

    /// A descriptor of the standard input.
    package static func input() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try SystemError.checked(clinux_duplicate(0)))
    }

    /// A descriptor of the standard output.
    package static func output() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try SystemError.checked(clinux_duplicate(1)))
    }
}
