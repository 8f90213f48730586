import Facts
import Linux

/// Which files of a host its packages brought, as dpkg(1) wrote it down.
///
/// That somebody changed one of them since is not seen here.
final class PackageFiles<View: HostView> {
    private let host: View
    private var lists: [HostPath: [UInt8]] = [:]
    private var answers: [HostPath: Bool] = [:]
    // Nil where they are there and cannot be seen.
    private lazy var names: [HostPath]? = {
        guard let entries = try? host.entries(of: Self.directory) else { return nil }
        return entries.map(\.name).filter { $0.hasSuffix(".list") }
    }()

    private static var directory: HostPath { "/var/lib/dpkg/info" }
    private static var largestList: Int { 16 << 20 }

    init(host: View) {
        self.host = host
    }

    /// Whether the host has such lists; where they cannot be read, no package lists a file.
    var exist: Bool { names?.isEmpty != true }

    /// Whether a package lists a file.
    func lists(_ path: HostPath) -> Bool {
        if let known = answers[path] { return known }
        let needles = Self.spellings(of: path).map { [0x0A] + $0.bytes + [0x0A] }
        let answer = likely(for: path).contains { name in
            let bytes = bytes(of: name)
            return needles.contains { ByteSearch.contains($0, in: bytes) }
        }
        answers[path] = answer
        return answer
    }

    // `/usr` holds what `/bin`, `/sbin` and `/lib` lead to; packages name either.
    private static func spellings(of path: HostPath) -> [HostPath] {
        let old = ["/bin/", "/sbin/", "/lib/"]
        if old.contains(where: path.hasPrefix) {
            return [path, HostPath(bytes: Array("/usr".utf8) + path.bytes)]
        }
        guard old.contains(where: { path.hasPrefix("/usr" + $0) }) else { return [path] }
        return [path, HostPath(bytes: Array(path.bytes.dropFirst(4)))]
    }

    // Packages are often named like their files and directories, so those are looked at first.
    private func likely(for path: HostPath) -> [HostPath] {
        let words = path.components.suffix(2)
        func fit(_ list: HostPath) -> Int {
            words.map { zip(list.bytes, $0.bytes).prefix { $0 == $1 }.count }.max() ?? 0
        }
        return (names ?? []).map { (fit($0), $0) }.sorted { $0.0 > $1.0 }.map(\.1)
    }

    // Every line has an end on both sides.
    private func bytes(of name: HostPath) -> [UInt8] {
        if let known = lists[name] { return known }
        let path = Self.directory.appending(name)
        let bytes = [0x0A] + ((try? host.read(path, limit: Self.largestList)) ?? []) + [0x0A]
        lists[name] = bytes
        return bytes
    }
}
