import Facts
import PacketFilter

/// The files that firewalld(1) reads, as they are read.
struct FirewalldFiles<View: HostView> {
    let host: View
    /// Every file and directory that was looked at.
    private(set) var paths: [HostPath] = []

    private static var largestSize: Int { 1 << 20 }
    private static var greatestCount: Int { 4096 }

    init(host: View) {
        self.host = host
    }

    /// The XML files of a kind with their names, directory by directory: a later one of a name
    /// replaces an earlier one, which firewalld has read nevertheless.
    mutating func find(
        _ kind: HostPath, in directories: [HostPath]
    ) throws(FirewalldProblem) -> [(name: String, path: HostPath)] {
        var found: [(name: String, path: HostPath)] = []
        for directory in directories {
            let place = directory.appending(kind)
            guard let entries = try entries(of: place) else { continue }
            for entry in entries {
                let path = place.appending(entry.name)
                guard entry.name.hasSuffix(".xml") else {
                    // Files of a zone that is put together from a directory are not followed.
                    if kind == "zones", directory != directories.first, try isDirectory(path) {
                        throw Self.unclear(path)
                    }
                    continue
                }
                let name = String(entry.name.description.dropLast(4))
                guard found.count < Self.greatestCount,
                    name.wholeMatch(of: /[A-Za-z0-9_.-]+/) != nil
                else { throw Self.unclear(path) }
                found.append((name, path))
                paths.append(path)
            }
        }
        return found
    }

    /// The bytes of a file that must be there.
    func read(_ path: HostPath) throws(FirewalldProblem) -> [UInt8] {
        do throws(HostError) {
            return try host.read(path, limit: Self.largestSize)
        } catch {
            throw Self.unclear(path)
        }
    }

    /// The bytes of a file that need not be there.
    mutating func readIfThere(_ path: HostPath) throws(FirewalldProblem) -> [UInt8]? {
        paths.append(path)
        do throws(HostError) {
            return try host.read(path, limit: Self.largestSize)
        } catch {
            if error.code == .notFound { return nil }
            throw Self.unclear(path)
        }
    }

    private mutating func entries(
        of directory: HostPath
    ) throws(FirewalldProblem) -> [DirectoryEntry]? {
        do throws(HostError) {
            let entries = try host.list(directory)
            paths.append(directory)
            return entries
        } catch {
            if error.code == .notFound { return nil }
            throw Self.unclear(directory)
        }
    }

    private func isDirectory(_ path: HostPath) throws(FirewalldProblem) -> Bool {
        do throws(HostError) {
            return try host.status(of: host.resolve(path)).kind == .directory
        } catch {
            throw Self.unclear(path)
        }
    }

    static func unclear(_ path: HostPath) -> FirewalldProblem {
        FirewalldProblem(.unclear, SourcePlace(file: path.description, line: 1))
    }
}
