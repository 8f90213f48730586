import ArgumentParser
import Evidence
import Linux
import OpenSSL

/// The host's own key.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Show this host's own key.", subcommands: [Show.self])

    /// Prints the public half.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public key as PEM, and its SHA-256 on standard error.",
            discussion: "The key is made at the first scan, or now.")

        @OptionGroup var state: StateOptions

        func run() throws {
            let store = try state.store()
            do {
                let key = try store.hostKey()
                StandardStream.output.write(try key.publicKey.pem())
                StandardStream.error.write("assay: sha256: \(key.publicKey.keyId)\n")
            } catch let error as EvidenceError {
                throw CommandFailure(error)
            }
        }
    }
}
