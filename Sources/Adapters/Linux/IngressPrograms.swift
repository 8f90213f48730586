import CLinux
import Glibc

/// Programs of bpf(2) that see what an interface receives before any rule does.
package enum IngressPrograms {
    /// How many there are on an interface, by its number; a kernel that has no such place has none.
    package static func count(on interface: Int32) throws(SystemError) -> Int {
        do throws(SystemError) {
            return Int(try SystemError.checked(clinux_ingress_programs(interface)))
        } catch {
            if [EINVAL, ENOSYS, ENODEV].contains(error.number) { return 0 }
            throw error
        }
    }
}
