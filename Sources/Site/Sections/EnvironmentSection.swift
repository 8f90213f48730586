import Documents
import Facts

/// An environment, such as production, and where it lives.
package struct EnvironmentSection: Sendable, Hashable {
    package var name: String
    package var networks: [Network]

    init?(_ entry: YAMLEntry, from reader: inout MappingReader) {
        guard entry.key.wholeMatch(of: /[a-z][a-z0-9_-]*/) != nil else {
            reader.error(
                "the name of an environment must be of lower-case letters, digits, '-' and '_'",
                at: entry.keyMark)
            return nil
        }
        let networks = reader.mapping(entry.value, entry.key) { reader in
            guard
                case .of(let networks) = reader.selection(
                    "networks", { Network($0, "networks", in: &$1) })
            else {
                _ = reader.requiredTexts("networks")
                return [Network]?.none
            }
            return networks
        }
        guard let networks else { return nil }
        name = entry.key
        self.networks = networks
    }

    static let table = FactTable<String>(
        "site_environments", "Environments that the operator declares.",
        key: .column("environment"), layer: .both,
        columns: [.text("environment", \.self, "Its name.")])

    /// One network of an environment.
    struct Row: Sendable {
        var network: String
        var environment: String
        var family: Int64
        var first: String
        var last: String
    }

    var rows: [Row] {
        networks.map { network in
            Row(
                network: network.text, environment: name, family: network.family.rawValue,
                first: Self.digits(network.address.bits), last: Self.digits(network.last))
        }
    }

    static let networkTable = FactTable<Row>(
        "site_networks", "Networks of the environments that the operator declares.",
        key: .joined("environment_network", ["network", "environment"]), layer: .both,
        columns: [
            .text("network", \.network, "Such as `10.10.0.0/16`."),
            .text("environment", \.environment, "The environment that lives there."),
            .integer("family", \.family, "4 or 6."),
            .text("first_address", \.first, "Its first address in 32 hexadecimal digits."),
            .text("last_address", \.last, "Its last address in 32 hexadecimal digits."),
        ])

    // In this form addresses compare as texts, which SQL can do.
    private static func digits(_ bits: UInt128) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }
}
