import Facts

/// Whether a root has users at all: a container's root of a single program may have none.
enum AccountDatabase {
    private static let files: [HostPath] = [
        "/etc/passwd", "/etc/shadow", "/usr/lib/passwd", "/var/lib/extrausers/passwd",
        "/var/lib/extrausers/shadow", "/var/db/passwd.db", "/var/db/shadow.db",
        "/var/lib/misc/passwd.db", "/var/lib/misc/shadow.db", "/etc/passwd.cache",
    ]
    private static let directories: [(HostPath, String)] = [
        ("/etc/tcb", ""), ("/etc/userdb", ".user"), ("/usr/local/lib/userdb", ".user"),
        ("/usr/lib/userdb", ".user"),
        ("/var/lib/systemd/home", ".identity"),
    ]

    /// False only where the absence of every one was seen.
    static func exists(on host: some HostView) -> Bool {
        files.contains { path in
            do throws(HostError) {
                return try host.exists(path)
            } catch {
                return true
            }
        }
            || directories.contains { directory, suffix in
                do throws(HostError) {
                    return try host.list(directory).contains {
                        $0.name.hasSuffix(suffix) || $0.name.hasSuffix(suffix + "-privileged")
                    }
                } catch {
                    return error.code != .notFound
                }
            }
    }
}
