import Facts

/// The settings of a unit and of its drop-ins, in the order in which they count; see
/// systemd.syntax(7).
struct UnitFile: Sendable, Hashable {
    /// One assignment.
    struct Setting: Sendable, Hashable {
        var section: String
        var key: String
        var value: String
    }

    private(set) var settings: [Setting] = []
    /// The files that say so.
    var sources: [HostPath] = []

    /// A unit without any setting.
    init() {}

    /// Reads one file; what systemd ignores with a warning is left out.
    init(parsing bytes: [UInt8], from path: HostPath? = nil) {
        sources = [path].compactMap(\.self)
        var section = ""
        for line in Self.logicalLines(of: bytes) {
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
            } else if let equals = line.firstIndex(of: "=") {
                settings.append(
                    Setting(
                        section: section, key: Self.trimmed(line[..<equals]),
                        value: Self.trimmed(line[line.index(after: equals)...])))
            }
        }
    }

    /// What a drop-in adds.
    mutating func add(_ other: UnitFile) {
        settings += other.settings
        sources += other.sources
    }

    /// The values of a list; an empty assignment forgets those before it.
    func values(_ key: String, in section: String) -> [String] {
        var values: [String] = []
        for setting in settings where setting.section == section && setting.key == key {
            if setting.value.isEmpty { values = [] } else { values.append(setting.value) }
        }
        return values
    }

    /// The words of a list that is separated by white space.
    func words(_ key: String, in section: String) -> [String] {
        values(key, in: section).flatMap { value in
            value.split { $0 == " " || $0 == "\t" }.map { String($0.filter { $0 != "\"" }) }
        }
    }

    /// The value of a setting that is no list: the last one.
    func value(_ key: String, in section: String) -> String? {
        settings.last { $0.section == section && $0.key == key }?.value
    }

    /// The keys of a section that begin with a word.
    func keys(beginning word: String, in section: String) -> Set<String> {
        Set(settings.filter { $0.section == section && $0.key.hasPrefix(word) }.map(\.key))
    }

    // Comments go, also between the parts of a line that a backslash continues.
    private static func logicalLines(of bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var begun = ""
        for raw in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = trimmed(Substring(String(decoding: raw, as: UTF8.self)))
            if line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasSuffix("\\") {
                begun += line.dropLast() + " "
                continue
            }
            lines.append(trimmed(Substring(begun + line)))
            begun = ""
        }
        if !begun.isEmpty { lines.append(trimmed(Substring(begun))) }
        return lines
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
        var rest = text.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }
}
