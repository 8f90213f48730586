import Facts
import StrictJSON

/// The JSON records of users and groups: drop-ins of userdb, and the identities of systemd-homed.
///
/// See <https://systemd.io/USER_RECORD> and nss-systemd(8); the hashes stand in
/// `privileged.hashedPassword`, which may be in a file of its own.
struct UserRecords: Sendable {
    /// One user as its record has it.
    struct User: Sendable {
        var name: String
        var uid: Int64?
        var gid: Int64?
        var home: String?
        var shell: String?
        var source: String
    }

    private(set) var users: [User] = []
    private(set) var passwords: [StoredPassword] = []
    private(set) var gaps: [Gap] = []
    private let host: any HostView

    /// Reads every record; what an offline root has below `/run` is of no next boot.
    init(on host: some HostView) {
        self.host = host
        let volatile: [HostPath] =
            host.kind == .live ? ["/run/userdb", "/run/host/userdb"] : []
        for directory in ["/etc/userdb"] + volatile + ["/usr/local/lib/userdb", "/usr/lib/userdb"] {
            read(directory, [".user", ".user-privileged"], .user)
            read(directory, [".group", ".group-privileged"], .group)
        }
        read("/var/lib/systemd/home", [".identity"], .user)
    }

    private mutating func read(
        _ directory: HostPath, _ suffixes: [String], _ kind: StoredPassword.Kind
    ) {
        var records: [String: [JSONValue]] = [:]
        for (name, path) in files(in: directory, suffixes) {
            guard let record = record(at: path) else { continue }
            let own = record[kind == .user ? "userName" : "groupName"]?.string
            records[own.map { Readable.text($0.utf8) } ?? name, default: []].append(record)
        }
        for (name, parts) in records.sorted(by: { $0.key < $1.key }) {
            addUser(name, parts, directory, kind)
            addPasswords(name, parts, directory, kind)
        }
    }

    /// Names without their suffix, and paths; a link to a record of the same directory is no other one.
    private mutating func files(
        in directory: HostPath, _ suffixes: [String]
    ) -> [(String, HostPath)] {
        do throws(HostError) {
            var files: [(String, HostPath)] = []
            for entry in try host.list(directory) {
                guard let suffix = suffixes.first(where: { entry.name.hasSuffix($0) }) else {
                    continue
                }
                let path = directory.appending(entry.name)
                if entry.kind == .link, try isRepeated(path, in: directory, suffixes) { continue }
                let stem = entry.name.bytes.dropLast(suffix.utf8.count)
                files.append((Readable.text(stem), path))
            }
            return files
        } catch {
            if error.code != .notFound { gaps.append(Gap(error, in: StoredPasswords.table)) }
            return []
        }
    }

    // `60500.user` is a link to `jane.user`; a link to /dev/null masks a record, a dangling one is none.
    private func isRepeated(
        _ path: HostPath, in directory: HostPath, _ suffixes: [String]
    ) throws(HostError) -> Bool {
        do throws(HostError) {
            let target = try host.resolve(path)
            let directory = try host.resolve(directory)
            return target == "/dev/null"
                || target.parent == directory && suffixes.contains(where: target.name.hasSuffix)
        } catch {
            if error.code == .notFound { return true }
            throw error
        }
    }

    private mutating func record(at path: HostPath) -> JSONValue? {
        do throws(HostError) {
            let bytes = try host.read(path, limit: 1 << 20)
            if let record = Self.parse(bytes) { return record }
            gaps.append(
                Gap(
                    .notParsed, in: StoredPasswords.table, of: path.description,
                    "the record is not an object in JSON"))
        } catch {
            gaps.append(Gap(error, in: StoredPasswords.table))
        }
        return nil
    }

    private static func parse(_ bytes: [UInt8]) -> JSONValue? {
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes, limits: .host(document: 1 << 20))
            return value.members == nil ? nil : value
        } catch {
            return nil
        }
    }

    private mutating func addUser(
        _ name: String, _ parts: [JSONValue], _ directory: HostPath, _ kind: StoredPassword.Kind
    ) {
        guard kind == .user else { return }
        func text(_ member: String) -> String? {
            parts.lazy.compactMap { $0[member]?.string }.first.map { Readable.text($0.utf8) }
        }
        func number(_ member: String) -> Int64? {
            parts.lazy.compactMap { $0[member]?.integer }.first
        }
        users.append(
            User(
                name: name, uid: number("uid"), gid: number("gid"), home: text("homeDirectory"),
                shell: text("shell"), source: directory.description))
    }

    private mutating func addPasswords(
        _ name: String, _ parts: [JSONValue], _ directory: HostPath, _ kind: StoredPassword.Kind
    ) {
        let hashes = parts.flatMap { Self.texts($0["privileged"]?["hashedPassword"]) }
        // `secret` is never to be stored; where it is, it is clear text.
        let clear = parts.flatMap { Self.texts($0["secret"]?["password"]) }
        var fields = hashes.map { PasswordField(Array($0.utf8)) }
        fields += clear.map {
            .verifier(CryptVerifier(.clear, Array($0.utf8)), isLocked: false)
        }
        if kind == .group { fields.removeAll { $0 == .empty } }
        if fields.isEmpty { fields = [.mark] }
        for (index, field) in fields.enumerated() {
            passwords.append(
                StoredPassword(
                    kind: kind, name: name, item: "password \(index + 1)",
                    source: directory.description, field: field))
        }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        if let text = value?.string { return [text] }
        return value?.array?.compactMap(\.string) ?? []
    }
}
