package import Facts

/// Whether an empty password opens a session: one row for each service that asks pam_unix(8).
package struct LoginStacks: Collector {
    /// One service.
    package struct Row: Sendable, Equatable {
        var service: String
        var allowsEmpty: Bool
        var file: String
    }

    package static let table = FactTable<Row>(
        "login_stacks", "Whether services let an account in whose password is empty.",
        key: .column("service"),
        columns: [
            .text("service", \.service, "PAM service."),
            .truth("allows_empty", \.allowsEmpty, "Whether pam_unix is told `nullok`."),
            .text("file", \.file, "File that holds the line.", privacy: .path),
        ])

    /// Stateless.
    package init() {}

    /// Resolves the stacks of type `auth`.
    package func collect(from host: some HostView) -> Gathered<Row> {
        guard AccountDatabase.exists(on: host) else { return .complete([]) }
        let name = Self.table.schema.name
        let pam = PAMConfiguration(on: host)
        var gaps = pam.gaps.map { $0.told(in: name) }
        let rows = pam.ownServices(for: "auth").compactMap { service -> Row? in
            guard let stack = pam.stack("auth", of: service) else {
                gaps.append(
                    Gap(
                        .tooLarge, in: name, of: service, privacy: .plain,
                        "its stack includes too many lines"))
                return nil
            }
            let lines = stack.effective.filter {
                ["pam_unix.so", "pam_unix_auth.so"].contains($0.line.module)
            }
            guard let first = lines.first else { return nil }
            // `nullok_secure` of Debian is `nullok` by its beginning.
            let open = lines.first { $0.line.arguments.contains { $0.hasPrefix("nullok") } }
            return Row(
                service: service, allowsEmpty: open != nil, file: (open ?? first).file)
        }
        return .rows(rows, gaps: gaps)
    }
}
