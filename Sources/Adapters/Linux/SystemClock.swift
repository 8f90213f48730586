import CLinux

/// The machine's clock.
package enum SystemClock {
    /// Seconds since 1970.
    package static var now: Int64 { clinux_now() }
}
