import Facts
import Linux
import OpenSSL

/// Which files of a host its packages brought, and what was in them, as dpkg(1) wrote it down.
final class PackageFiles<View: HostView> {
    private let host: View
    private var known: [HostPath: [UInt8]] = [:]
    private var answers: [HostPath: Bool] = [:]
    // Nil where they are there and cannot be seen.
    private lazy var names: [HostPath]? = {
        guard let entries = try? host.entries(of: Self.directory) else { return nil }
        return entries.map(\.name).filter { $0.hasSuffix(".list") }
    }()

    private static var directory: HostPath { "/var/lib/dpkg/info" }
    private static var status: HostPath { "/var/lib/dpkg/status" }
    private static var largestList: Int { 16 << 20 }

    init(host: View) {
        self.host = host
    }

    /// Whether the host has such lists; where they cannot be read, no package lists a file.
    var exist: Bool { names?.isEmpty != true }

    /// Whether a package brought a file at this path with just these bytes.
    ///
    /// What no digest was written down of was made or edited on the host, as far as anybody can tell.
    func brought(_ bytes: [UInt8], at path: HostPath) -> Bool {
        if let answer = answers[path] { return answer }
        let answer = digest(of: bytes).map { isWrittenDown($0, of: path) } ?? false
        answers[path] = answer
        return answer
    }

    /// Whether a package brought a file at this path, whatever is in it now.
    func lists(_ path: HostPath) -> Bool {
        let needles = Self.spellings(of: path).map { [0x0A] + $0.bytes + [0x0A] }
        return likely(for: path).contains { contains(needles, Self.directory.appending($0)) }
    }

    /// The names in a directory that packages list.
    func names(in directory: HostPath) -> Set<HostPath> {
        let beginnings = Self.spellings(of: directory).map { [0x0A] + $0.bytes + [0x2F] }
        var found: Set<HostPath> = []
        for list in names ?? [] {
            let bytes = lines(of: Self.directory.appending(list))
            for beginning in beginnings {
                var start = 0
                while let index = ByteSearch.index(of: beginning, in: bytes, from: start) {
                    start = index + beginning.count
                    let name = bytes[start...].prefix { $0 != 0x0A }
                    if !name.contains(0x2F) { found.insert(HostPath(bytes: Array(name))) }
                }
            }
        }
        return found
    }

    private func digest(of bytes: [UInt8]) -> String? {
        do throws(OpenSSLError) {
            return try MD5.hex(of: bytes)
        } catch {
            return nil
        }
    }

    // Files of settings stand in the status of their package, all others in a list beside that of
    // its files, without the first stroke.
    private func isWrittenDown(_ digest: String, of path: HostPath) -> Bool {
        let spellings = Self.spellings(of: path)
        let isSetting = spellings.contains { spelling in
            let line = Array("\n ".utf8) + spelling.bytes + Array(" \(digest)".utf8)
            return ByteSearch.contains(line, in: lines(of: Self.status))
        }
        if isSetting { return true }
        let needles = spellings.map { [0x0A] + $0.bytes + [0x0A] }
        let sums = spellings.map { spelling in
            Array("\n\(digest)  ".utf8) + spelling.bytes.dropFirst() + [0x0A]
        }
        return likely(for: path).contains { name in
            guard contains(needles, Self.directory.appending(name)) else { return false }
            let package = name.bytes.dropLast(".list".utf8.count) + Array(".md5sums".utf8)
            return contains(sums, Self.directory.appending(HostPath(bytes: Array(package))))
        }
    }

    private func contains(_ needles: [[UInt8]], _ path: HostPath) -> Bool {
        let bytes = lines(of: path)
        return needles.contains { ByteSearch.contains($0, in: bytes) }
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
    private func lines(of path: HostPath) -> [UInt8] {
        if let bytes = known[path] { return bytes }
        let bytes = [0x0A] + ((try? host.read(path, limit: Self.largestList)) ?? []) + [0x0A]
        known[path] = bytes
        return bytes
    }
}
