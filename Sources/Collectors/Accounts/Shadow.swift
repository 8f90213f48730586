package import Facts

/// The lines of shadow(5), without what is secret: the state of each password, and how it ages.
package struct Shadow: Collector {
    /// One line; days count from 1970.
    package struct Row: Sendable, Equatable {
        var username: String
        var passwordStatus: String
        var hashAlg: String?
        var saltBits: Int64?
        var lastChange: Int64?
        var min: Int64?
        var max: Int64?
        var warning: Int64?
        var inactive: Int64?
        var expire: Int64?
    }

    package static let table = FactTable<Row>(
        "shadow", "State and ageing of the passwords in /etc/shadow.", key: .column("username"),
        columns: [
            .text("username", \.username, "Name of the account.", privacy: .account),
            .text("password_status", \.passwordStatus, "`active`, `locked`, `empty` or `not_set`."),
            .text("hash_alg", \.hashAlg, "Scheme as crypt(5) calls it; NULL if none or unknown."),
            .integer("salt_bits", \.saltBits, "Bits of salt; 0 is no salt."),
            .integer("last_change", \.lastChange, "Day of the last change."),
            .integer("min", \.min, "Days before the next change."),
            .integer("max", \.max, "Days until it must be changed."),
            .integer("warning", \.warning, "Days of warning before that."),
            .integer("inactive", \.inactive, "Days after that until the account is locked."),
            .integer("expire", \.expire, "Day on which the account ends."),
        ])

    private static let path: HostPath = "/etc/shadow"

    /// Stateless.
    package init() {}

    /// Reads the file; fields at the end that a line does not have are absent.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        do throws(HostError) {
            let file = ColonFile(try host.read(Self.path, limit: StoredPasswords.limit))
            var gaps: [Gap] = []
            let rows = file.lines.map { row($0, &gaps) }
            if file.malformed > 0 || file.isDelegating {
                gaps.append(
                    Gap(
                        file.isDelegating ? .heldElsewhere : .notParsed, in: name,
                        of: Self.path.description, "a line that is no account of this host"))
            }
            return .rows(rows, gaps: gaps)
        } catch  where error.code == .notFound {
            return .complete([])
        } catch {
            return .unavailable(Gap(error, in: name))
        }
    }

    private func row(_ line: ColonFile.Line, _ gaps: inout [Gap]) -> Row {
        let field = PasswordField(line[1])
        if field == .unknown {
            gaps.append(
                Gap(
                    .notParsed, in: Self.table.schema.name, of: line.name, privacy: .account,
                    columns: ["hash_alg", "salt_bits"],
                    "the stored password is of no form that crypt(5) knows"))
        }
        return Row(
            username: line.name, passwordStatus: Self.status(of: field, line[1]),
            hashAlg: field.verifier?.scheme.rawValue, saltBits: field.verifier?.saltBits,
            lastChange: Users.number(line[2]), min: Users.number(line[3]),
            max: Users.number(line[4]), warning: Users.number(line[5]),
            inactive: Users.number(line[6]), expire: Users.number(line[7]))
    }

    // osquery calls `!!` not set: what useradd of Red Hat writes before the first password.
    private static func status(of field: PasswordField, _ bytes: [UInt8]) -> String {
        switch field {
        case .empty: "empty"
        case .mark: bytes.elementsEqual("!!".utf8) ? "not_set" : "locked"
        case .verifier(_, let isLocked): isLocked ? "locked" : "active"
        case .unknown: "active"
        }
    }
}
