import Facts

extension Examination {
    /// The accounts of a host, and which of them are people's; see login.defs(5), UID_MIN.
    static func accounts(in tables: [GatheredTable]) -> [Pseudonyms.Account] {
        let minimum = uidMinimum(in: tables)
        guard let users = tables.first(where: { $0.schema.name == "users" }) else { return [] }
        let columns = users.schema.columns.map(\.name)
        guard let name = columns.firstIndex(of: "username"),
            let uid = columns.firstIndex(of: "uid"),
            let home = columns.firstIndex(of: "directory")
        else { return [] }
        return users.rows.compactMap { row in
            guard case .text(let account) = row[name] else { return nil }
            let number = row[uid].integer
            // 65534 is the kernel's nobody.
            let isPersonal = number.map { $0 >= minimum && $0 != 65_534 } ?? true
            return Pseudonyms.Account(
                name: account, home: row[home].text, isPersonal: isPersonal)
        }
    }

    private static func uidMinimum(in tables: [GatheredTable]) -> Int64 {
        let usual: Int64 = 1_000
        guard let settings = tables.first(where: { $0.schema.name == "login_defs" }) else {
            return usual
        }
        let columns = settings.schema.columns.map(\.name)
        guard let name = columns.firstIndex(of: "name"),
            let value = columns.firstIndex(of: "value")
        else { return usual }
        let row = settings.rows.last { $0[name] == .text("UID_MIN") }
        // A host that calls everybody a system account hides nobody.
        return row.flatMap { $0[value].text }.flatMap(Int64.init).map { min($0, usual) } ?? usual
    }
}
