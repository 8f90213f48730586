import Facts
import PacketFilter

/// The files that rules are loaded from, and what puts others in their place before that.
struct RuleSources {
    private(set) var files: Set<HostPath> = []
    /// Files of systemd-tmpfiles(8) and fstab(5) that make something else of them at boot.
    private(set) var changers: Set<HostPath> = []
    /// Files that could not be seen.
    private(set) var errors: [HostError] = []

    private static let temporary: [HostPath] = [
        "/etc/tmpfiles.d", "/usr/local/lib/tmpfiles.d", "/usr/lib/tmpfiles.d",
    ]

    /// Follows what loaders name, and one step of what those files include.
    init<View: HostView>(of loaders: [RuleLoader], on host: View) {
        let loaded = LoadedFiles(host: host)
        for step in loaders.flatMap(\.steps) {
            guard case .file(let path) = step.source else { continue }
            files.insert(path)
            guard step.reader == .nft, let bytes = loaded.bytes(path) else { continue }
            for pattern in Self.included(bytes) {
                guard case .files(let found) = loaded.included(pattern) else { continue }
                files.formUnion(found.map { HostPath($0.path) })
            }
        }
        // Directories of patterns, in which a new file would be loaded too, and files of units.
        files.formUnion(loaded.paths + loaders.flatMap(\.files))
        guard !files.isEmpty else { return }
        for directory in Self.temporary { takeTemporary(directory, on: host) }
        takeMounts(on: host)
    }

    private static func included(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A).compactMap { line in
            let words = String(decoding: line, as: UTF8.self).split { " \t;".contains($0) }
            guard words.count > 1, words[0] == "include" else { return nil }
            return words[1].filter { $0 != "\"" && $0 != "'" }
        }
    }

    // Type and path are the first two words of a line.
    private mutating func takeTemporary(_ directory: HostPath, on host: some HostView) {
        do throws(HostError) {
            for entry in try host.list(directory) where entry.name.hasSuffix(".conf") {
                let path = directory.appending(entry.name)
                guard let lines = try lines(of: path, on: host) else { continue }
                for line in lines where changes(String(decoding: line, as: UTF8.self)) {
                    changers.insert(path)
                }
            }
        } catch {
            if error.code != .notFound { errors.append(error) }
        }
    }

    private func changes(_ line: String) -> Bool {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard words.count > 1, let type = words[0].first, "fFwCLrRDp".contains(type) else {
            return false
        }
        let pattern = PathPattern(words[1].filter { $0 != "\"" })
        // A line about a directory above changes it as well.
        return files.contains { file in
            zip(file.components, pattern.components).allSatisfy {
                PathPattern.fits($0.bytes, $1)
            }
        }
    }

    // An image shows what lies below its mounts; elsewhere only a bind shows another file.
    private mutating func takeMounts(on host: some HostView) {
        do throws(HostError) {
            for line in try lines(of: "/etc/fstab", on: host) ?? [] {
                let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
                guard words.count > 3, words[0].first != "#", words[1].first == "/" else {
                    continue
                }
                let place = HostPath(String(words[1]))
                let isBind = words[3].contains("bind") || words[2] == "overlay"
                guard place != "/", host.kind == .offline || isBind else { continue }
                if files.contains(where: { $0.isWithin(place) }) { changers.insert("/etc/fstab") }
            }
        } catch {
            errors.append(error)
        }
    }

    // Nil of what is not there, and of a link to /dev/null.
    private func lines(
        of path: HostPath, on host: some HostView
    ) throws(HostError) -> [[UInt8]]? {
        do throws(HostError) {
            return try host.lines(of: path)
        } catch {
            if error.code == .notFound || error.code == .notRegular { return nil }
            throw error
        }
    }
}
