import Facts

/// The two files of one account database: the one that all may read, and its shadow.
struct AccountFiles: Sendable {
    var kind: StoredPassword.Kind
    var open: HostPath
    var shadow: HostPath

    /// The pairs of files that hold users or groups.
    ///
    /// `/usr/lib` is a database only where nsswitch.conf(5) asks for altfiles; the files of nsscache
    /// lie beside those of the system.
    static func all(_ kind: StoredPassword.Kind, on host: some HostView) -> [AccountFiles] {
        let (open, shadow): (HostPath, HostPath) =
            kind == .group ? ("group", "gshadow") : ("passwd", "shadow")
        var directories: [HostPath] = ["/etc", "/var/lib/extrausers"]
        let switches = NSSwitch.asked(on: host)
        if [open, shadow].contains(where: {
            switches?.services(of: $0.description).contains("altfiles") ?? false
        }) {
            directories.append("/usr/lib")
        }
        let cache = AccountFiles(
            kind: kind, open: HostPath("/etc/\(open).cache"),
            shadow: HostPath("/etc/\(shadow).cache"))
        return directories.map { directory in
            AccountFiles(
                kind: kind, open: directory.appending(open), shadow: directory.appending(shadow))
        } + [cache]
    }

    /// Whether the second field says that the password is in the shadow file; see passverify.c of Linux-PAM.
    static func isShadowed(_ line: ColonFile.Line) -> Bool {
        line[1] == [UInt8(ascii: "x")]
            || line[1] == [UInt8(ascii: "#"), UInt8(ascii: "#")] + line.fields[0]
    }

    /// The shadow files of tcb(5), one for each user.
    static func tcb(
        _ files: [AccountFiles], on host: some HostView, noting gaps: inout [Gap]
    ) -> [HostPath] {
        let directory: HostPath = "/etc/tcb"
        guard files.contains(where: { $0.kind == .user }) else { return [] }
        do throws(HostError) {
            return try host.list(directory).filter { $0.kind == .directory }
                .map { directory.appending($0.name).appending("shadow") }
        } catch {
            if error.code != .notFound { gaps.append(Gap(error, in: StoredPasswords.table)) }
            return []
        }
    }
}
