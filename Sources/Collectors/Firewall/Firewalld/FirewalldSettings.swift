import Facts

/// What `firewalld.conf` sets; see firewalld.conf(5).
struct FirewalldSettings {
    /// Which packets of IPv6 must come from where their answer would go.
    enum ReversePath: String {
        case no, strict, loose
        case looseForward = "loose-forward"
        case strictForward = "strict-forward"
    }

    static let file: HostPath = "/etc/firewalld/firewalld.conf"

    private(set) var defaultZone = "public"
    /// The line of the file that names the zone.
    private(set) var defaultZoneLine: Int?
    private(set) var reversePath = ReversePath.strict
    private(set) var refusesTunnels = true
    private(set) var isStrictAboutForwardPorts = false
    /// It is the nftables of one transaction, which is followed, and nothing else.
    private(set) var isFollowed = true

    /// What holds without a file.
    init() {}

    /// Reads the lines of a file; as firewalld does, the first value of a key counts, and a value
    /// that it does not know counts as none.
    init(_ lines: [[UInt8]], _ version: FirewalldVersion) {
        var values: [String: (value: String, line: Int)] = [:]
        for (index, line) in lines.enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            // What is white space to Python, and not here, is not followed; nor is what may be no
            // text at all.
            if !line.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) }) { isFollowed = false }
            let plain = Self.trimmed(text[...])
            guard let first = plain.first, first != "#", first != ";" else { continue }
            let pair = plain.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            let (key, value) = (Self.trimmed(pair[0]), Self.trimmed(pair[1]))
            guard !value.isEmpty, values[key] == nil else { continue }
            values[key] = (value, index + 1)
        }
        if let zone = values["DefaultZone"] {
            defaultZone = zone.value
            defaultZoneLine = zone.line
        }
        take(values.mapValues(\.value), version)
    }

    private mutating func take(_ values: [String: String], _ version: FirewalldVersion) {
        if let backend = values["FirewallBackend"], backend != "nftables" { isFollowed = false }
        if Self.truth(values["IndividualCalls"]) == true { isFollowed = false }
        refusesTunnels = Self.truth(values["RFC3964_IPv4"]) ?? true
        switch Self.truth(values["IPv6_rpfilter"]) {
        case true?: reversePath = .strict
        case false?: reversePath = .no
        case nil:
            guard version == .policies, let word = values["IPv6_rpfilter"]?.lowercased() else {
                break
            }
            reversePath = ReversePath(rawValue: word) ?? .strict
        }
        guard version == .policies else { return }
        // What is on by a word that is no word for off is read so, but said nowhere.
        let strict = values["StrictForwardPorts"]
        isStrictAboutForwardPorts = Self.truth(strict) ?? false
        if strict != nil, Self.truth(strict) == nil { isFollowed = false }
        if let table = values["NftablesFlowtable"], table != "off" { isFollowed = false }
    }

    private static func truth(_ value: String?) -> Bool? {
        switch value?.lowercased() {
        case "yes", "true": true
        case "no", "false": false
        default: nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var rest = text.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }
}
