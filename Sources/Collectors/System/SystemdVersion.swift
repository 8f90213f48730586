import Facts
import Linux

/// The version of systemd(1) that is installed, as dpkg(1) wrote it down.
struct SystemdVersion {
    /// The number before the first dot, such as 252.
    let major: Int

    private static let status: HostPath = "/var/lib/dpkg/status"
    private static let largestStatus = 32 << 20

    /// Nil where nobody wrote it down.
    init?(of host: some HostView) throws(HostError) {
        let bytes: [UInt8]
        do throws(HostError) {
            bytes = try host.read(Self.status, limit: Self.largestStatus)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
        let begin = Array("\nPackage: systemd\n".utf8)
        guard let start = ByteSearch.index(of: begin, in: [0x0A] + bytes) else { return nil }
        let end = ByteSearch.index(of: [0x0A, 0x0A], in: bytes, from: start) ?? bytes.count
        let fields = String(decoding: bytes[start..<end], as: UTF8.self).split(separator: "\n")
        guard fields.contains("Status: install ok installed"),
            let version = fields.first(where: { $0.hasPrefix("Version: ") }),
            let major = Int(version.dropFirst("Version: ".count).prefix(while: \.isNumber))
        else { return nil }
        self.major = major
    }
}
