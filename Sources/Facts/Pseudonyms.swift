package import OpenSSL

/// Puts keyed pseudonyms in the place of people's names, before anything is judged.
package struct Pseudonyms: Sendable {
    /// An account of a host, as far as a pseudonym hangs on it.
    package struct Account: Sendable, Hashable {
        package var name: String
        package var home: String?
        /// Whether it belongs to a person: its uid is not a system one.
        package var isPersonal: Bool

        /// An account by its parts.
        package init(name: String, home: String?, isPersonal: Bool) {
            self.name = name
            self.home = home
            self.isPersonal = isPersonal
        }
    }

    private let key: [UInt8]
    private var systemNames: Set<String>
    private var personalNames: Set<String>
    /// Homes of persons, the longest first.
    private var homes: [(path: HostPath, name: String)]
    /// Names by the pseudonyms that were given: for the host's own terminal alone.
    package private(set) var names: [String: String] = [:]

    /// Pseudonyms under `key`, for a host with these accounts.
    package init(key: [UInt8], accounts: [Account]) {
        self.key = key
        personalNames = Set(accounts.filter(\.isPersonal).map(\.name))
        systemNames = Set(accounts.filter { !$0.isPersonal }.map(\.name))
            .subtracting(personalNames).union(["root"])
        homes =
            accounts.compactMap { account in
                guard account.isPersonal, let home = account.home, home.utf8.count > 1 else {
                    return nil
                }
                return (HostPath(home), account.name)
            }
            .sorted { $0.0.bytes.count > $1.0.bytes.count }
    }

    /// The table with pseudonyms in its personal columns and in the objects of its gaps.
    package mutating func apply(
        to table: GatheredTable
    ) throws(OpenSSLError) -> GatheredTable {
        var table = table
        for (index, column) in table.schema.columns.enumerated() where column.privacy != .plain {
            for row in table.rows.indices {
                guard case .text(let text) = table.rows[row][index] else { continue }
                table.rows[row][index] = .text(try hide(text, column.privacy))
            }
        }
        for index in table.gaps.indices {
            guard let object = table.gaps[index].object else { continue }
            table.gaps[index].object = try hide(object, table.gaps[index].objectPrivacy)
        }
        return table
    }

    private mutating func hide(_ text: String, _ privacy: Privacy) throws(OpenSSLError) -> String {
        switch privacy {
        case .plain: return text
        // A name that no account database has may still be a person's.
        case .account: return systemNames.contains(text) ? text : try pseudonym(of: text)
        case .group: return personalNames.contains(text) ? try pseudonym(of: text) : text
        case .path: return try hide(HostPath(text))
        }
    }

    private mutating func hide(_ path: HostPath) throws(OpenSSLError) -> String {
        for (home, name) in homes where path.isWithin(home) {
            return try below(name, path.components.dropFirst(home.components.count))
        }
        let components = path.components
        if components.first == "home", components.count > 1 {
            let name = components[1].description
            if !systemNames.contains(name) { return try below(name, components.dropFirst(2)) }
        }
        var hidden: [String] = []
        for component in components { hidden.append(try hideComponent(component)) }
        return (path.hasPrefix("/") ? "/" : "") + hidden.joined(separator: "/")
    }

    private mutating func below(
        _ name: String, _ rest: some Sequence<HostPath>
    ) throws(OpenSSLError) -> String {
        var parts = ["~" + (try pseudonym(of: name))]
        for component in rest { parts.append(try hideComponent(component)) }
        return parts.joined(separator: "/")
    }

    // A mailbox, a record or a directory is often named for its owner.
    private mutating func hideComponent(
        _ component: HostPath
    ) throws(OpenSSLError) -> String {
        let text = component.description
        let stem = text.prefix { $0 != "." }
        guard personalNames.contains(String(stem)) else { return text }
        return try pseudonym(of: String(stem)) + text.dropFirst(stem.count)
    }

    private mutating func pseudonym(of name: String) throws(OpenSSLError) -> String {
        let hash = try HMACSHA256.code(of: Array(name.utf8), key: key).hex
        let pseudonym = "p-" + hash.prefix(16)
        names[pseudonym] = name
        return pseudonym
    }

    /// A text of the report with the names back: for the host's own terminal alone.
    package static func reveal(_ text: String, _ names: [String: String]) -> String {
        guard !names.isEmpty else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "p-") {
            let candidate = rest[start.lowerBound...].prefix(18)
            result += rest[..<start.lowerBound]
            let name = names[String(candidate)]
            result += name ?? "p-"
            rest = rest[(name == nil ? start.upperBound : candidate.endIndex)...]
        }
        return result + rest
    }
}
