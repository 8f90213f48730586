import Facts

/// Settings of `/proc/sys/net`; see ip-sysctl in the kernel's documentation.
struct NetworkSettings<View: HostView> {
    private static var root: HostPath { "/proc/sys/net" }

    let host: View

    /// The host has no IPv6 at all.
    func lacksIPv6() throws(HostError) -> Bool {
        try !host.exists(Self.root.appending("ipv6"))
    }

    /// Whether a setting of an interface, or of `all` and `default`, is on; one that the kernel
    /// does not have is off.
    func isOn(_ setting: String, _ family: String, _ interface: String) throws(HostError) -> Bool {
        let path = Self.root.appending(HostPath(family)).appending("conf")
            .appending(HostPath(interface)).appending(HostPath(setting))
        do throws(HostError) {
            let bytes = try host.read(path, limit: 64)
            guard let text = String(validating: bytes, as: UTF8.self),
                let number = Int(text.trimmingPrefix { $0 == " " }.prefix { $0 != "\n" })
            else { throw HostError(.readFailed, path) }
            return number != 0
        } catch {
            if error.code == .notFound { return false }
            throw error
        }
    }
}
