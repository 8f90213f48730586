package import Facts

/// Passwords that boot loaders ask for, without the passwords.
///
/// Read from the configuration of GRUB, the scripts that it is made from, GRUB legacy, LILO and
/// SYSLINUX.
package struct BootLoaderPasswords: Collector {
    /// One password of one file.
    package struct Row: Sendable, Equatable {
        var account: String?
        var item: String?
        var source: String
        var scheme: String?
        var saltBits: Int64?
        var cost: Int64?
        var strength: String?
    }

    package static let table = FactTable<Row>(
        "boot_loader_passwords", "Passwords that boot loaders ask for.",
        key: .joined("entry", ["account", "item", "source"]),
        columns: [
            .text(
                "account", \.account, "Name of the boot loader's user; NULL if it has none.",
                privacy: .account),
            .text("item", \.item, "Which of several in one file; NULL for the first."),
            .text("source", \.source, "File that holds it.", privacy: .path),
            .text("scheme", \.scheme, "How it is stored; NULL if unknown."),
            .integer("salt_bits", \.saltBits, "Bits of salt; 0 is no salt."),
            .integer("cost", \.cost, "Rounds, where the scheme has some."),
            .text("strength", \.strength, "`strong` or `weak`; NULL if unknown."),
        ])

    /// Stateless.
    package init() {}

    /// Reads every configuration that is there.
    package func collect(from host: some HostView) -> Gathered<Row> {
        var rows: [Row] = []
        var gaps: [Gap] = []
        for (path, parse) in Self.files(on: host, noting: &gaps) {
            do throws(HostError) {
                let lines = try host.lines(of: path).map { Readable.text($0) }
                var users: Set<String?> = []
                for password in parse(lines) {
                    let isFirst = users.insert(password.user).inserted
                    rows.append(Self.row(password, path, isFirst))
                    if password.form == nil { gaps.append(Self.gap(path)) }
                }
            } catch {
                if error.code != .notFound { gaps.append(Gap(error, in: Self.table.schema.name)) }
            }
        }
        return .rows(rows, gaps: gaps)
    }

    private static func row(
        _ password: BootLoaderPassword, _ path: HostPath, _ isFirst: Bool
    ) -> Row {
        Row(
            account: password.user, item: isFirst ? nil : "line \(password.line)",
            source: path.description,
            scheme: password.form?.scheme, saltBits: password.form?.saltBits,
            cost: password.form?.cost, strength: password.form?.strength.rawValue)
    }

    private static func gap(_ path: HostPath) -> Gap {
        Gap(
            .notParsed, in: table.schema.name, of: path.description,
            columns: ["scheme", "salt_bits", "cost", "strength"],
            "a password of the boot loader is of no form that is known")
    }

    private typealias Parse = @Sendable ([String]) -> [BootLoaderPassword]

    private static func files(
        on host: some HostView, noting gaps: inout [Gap]
    ) -> [(HostPath, Parse)] {
        let grub: [HostPath] = ["/boot/grub", "/boot/grub2"]
        let vendors = ["/boot/efi/EFI", "/efi/EFI", "/boot/EFI"].flatMap {
            entries(of: $0, .directory, host, &gaps)
        }
        var files: [(HostPath, Parse)] = (grub + vendors).flatMap { directory in
            ["grub.cfg", "custom.cfg", "user.cfg"].map {
                (directory.appending($0), BootLoaderPassword.grub)
            }
        }
        files += entries(of: "/etc/grub.d", .regular, host, &gaps).map {
            ($0, BootLoaderPassword.grub)
        }
        let legacy: [HostPath] = ["/boot/grub/menu.lst", "/boot/grub/grub.conf"]
        files += legacy.map { ($0, BootLoaderPassword.legacyGRUB) }
        let others: [HostPath] = [
            "/etc/lilo.conf", "/boot/extlinux/extlinux.conf", "/boot/syslinux/syslinux.cfg",
            "/boot/isolinux/isolinux.cfg",
        ]
        return files + others.map { ($0, BootLoaderPassword.others) }
    }

    private static func entries(
        of directory: HostPath, _ kind: FileKind, _ host: some HostView, _ gaps: inout [Gap]
    ) -> [HostPath] {
        do throws(HostError) {
            return try host.list(directory).filter { $0.kind == kind || $0.kind == .link }.map {
                directory.appending($0.name)
            }
        } catch {
            if error.code != .notFound { gaps.append(Gap(error, in: table.schema.name)) }
            return []
        }
    }
}
