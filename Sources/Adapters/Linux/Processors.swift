import CLinux

/// The machine's processors.
package enum Processors {
    /// How many are online, at least one.
    package static var count: Int { Int(clinux_processors()) }
}
