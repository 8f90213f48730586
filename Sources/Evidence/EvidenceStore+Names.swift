import Linux
import StrictJSON

extension EvidenceStore {
    private static let namesFile = "names.json"
    private static let namesLimit = 16 << 20

    /// The names behind the pseudonyms of this host's reports: for its own terminal alone.
    package func names() throws(EvidenceError) -> [String: String] {
        let bytes: [UInt8]
        do throws(StateError) {
            bytes = try root.directory("keys", creating: true).file(EvidenceStore.namesFile)
                .readAll(limit: EvidenceStore.namesLimit)
        } catch  where error.code == .notFound {
            return [:]
        } catch {
            throw EvidenceError(error)
        }
        do throws(JSONError) {
            let members = try JSONValue(parsing: bytes, limits: .host()).members ?? []
            return Dictionary(members.map { ($0.name, $0.value.string ?? "") }) { $1 }
        } catch {
            throw EvidenceError(error, in: "names", at: place(of: EvidenceStore.namesFile))
        }
    }

    /// Adds names to those that the host knows: `keys/names.json`, mode 0600.
    package func keep(names: [String: String]) throws(EvidenceError) {
        let known = try self.names()
        let all = known.merging(names) { $1 }
        guard all != known else { return }
        let json = JSONValue.object(all.map { JSONMember($0.key, .string($0.value)) })
        do throws(StateError) {
            try root.directory("keys", creating: true)
                .replace([StateDirectory.Contents(EvidenceStore.namesFile, json.bytes)])
        } catch {
            throw EvidenceError(error)
        }
    }
}
