import Facts

/// Programs that hash a password by themselves, without PAM.
struct ProgramsThatHash<View: HostView> {
    private let host: View
    /// Nil where login.defs could not be read.
    private let definitions: LoginDefinitions?
    private let services: Set<String>

    /// The programs of a host, with what login.defs(5) says to them, and the PAM services that there are.
    init(_ host: View, _ definitions: LoginDefinitions?, besides services: [String]) {
        self.host = host
        self.definitions = definitions
        self.services = Set(services)
    }

    /// What they make, and what is not known of it.
    func rows(_ gaps: inout [Gap]) -> [PasswordStacks.Row] {
        var rows: [PasswordStacks.Row] = []
        // One that is built with PAM brings its service; Red Hat builds some without.
        for program in ["passwd", "chpasswd", "newusers"] where !services.contains(program) {
            if let row = row(of: program, stores: "accounts", &gaps) { rows.append(row) }
        }
        // gpasswd never asks PAM: what login.defs names is what a group's password gets.
        if let row = row(of: "gpasswd", stores: "groups", &gaps) { rows.append(row) }
        if let row = libuser(&gaps) { rows.append(row) }
        return rows
    }

    private func row(
        of program: String, stores: String, _ gaps: inout [Gap]
    ) -> PasswordStacks.Row? {
        let directories: [HostPath] = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"]
        let path = directories.map { $0.appending(HostPath(program)) }.first { isThere($0, &gaps) }
        guard let path else { return nil }
        var row = PasswordStacks.Row(
            service: program, module: "login.defs", stores: stores, file: "/etc/login.defs")
        if isBusyBox(path, &gaps) {
            row.module = "busybox"
            gaps.append(
                gap(.notCollected, program, "the method was chosen when BusyBox was built"))
        } else if let definitions {
            decide(&row, definitions)
        }
        return row
    }

    private func decide(_ row: inout PasswordStacks.Row, _ definitions: LoginDefinitions) {
        let value = definitions.values["ENCRYPT_METHOD"]
        let isMD5 = definitions.values["MD5_CRYPT_ENAB"] == "yes"
        let method = value.map(HashMethod.init(shadowValue:)) ?? (isMD5 ? .md5 : .des)
        row.method = method.rawValue
        row.strength = method.strength.rawValue
        row.decidedBy = value == nil && !isMD5 ? "default" : "login.defs"
    }

    private func isThere(_ path: HostPath, _ gaps: inout [Gap]) -> Bool {
        do throws(HostError) {
            return try host.exists(path)
        } catch {
            gaps.append(Gap(error, in: PasswordStacks.table.schema.name))
            return false
        }
    }

    private func isBusyBox(_ path: HostPath, _ gaps: inout [Gap]) -> Bool {
        do throws(HostError) {
            return try host.resolve(path).name.hasPrefix("busybox")
        } catch {
            gaps.append(Gap(error, in: PasswordStacks.table.schema.name))
            return false
        }
    }

    // libuser.conf(5): `crypt_style` of `[defaults]`; what it does not know is DES to it.
    private func libuser(_ gaps: inout [Gap]) -> PasswordStacks.Row? {
        let path: HostPath = "/etc/libuser.conf"
        do throws(HostError) {
            let lines = try host.lines(of: path).map { Readable.text($0) }
            var row = PasswordStacks.Row(
                service: "libuser", module: "libuser.conf", stores: "accounts",
                file: path.description)
            guard let style = Self.cryptStyle(in: lines) else {
                gaps.append(gap(.notParsed, "libuser", "it does not say how it hashes"))
                return row
            }
            let method = HashMethod(rawValue: style.lowercased()) ?? .des
            row.method = method.rawValue
            row.strength = method.strength.rawValue
            row.decidedBy = "option"
            return row
        } catch {
            if error.code != .notFound {
                gaps.append(Gap(error, in: PasswordStacks.table.schema.name))
            }
            return nil
        }
    }

    private static func cryptStyle(in lines: [String]) -> String? {
        var section = ""
        var style: String?
        for line in lines {
            let line = line.filter { $0 != " " && $0 != "\t" }
            if line.hasPrefix("[") { section = line.lowercased() }
            guard section == "[defaults]", line.lowercased().hasPrefix("crypt_style=") else {
                continue
            }
            style = String(line.dropFirst("crypt_style=".count))
        }
        return style
    }

    private func gap(_ code: GapCode, _ program: String, _ sentence: String) -> Gap {
        Gap(
            code, in: PasswordStacks.table.schema.name, of: program, privacy: .plain,
            columns: ["method", "strength", "decided_by"], sentence)
    }
}
