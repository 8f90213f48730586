import OpenSSL

extension SourceFile {
    /// Lower-case hex SHA-256 of the file's bytes.
    package var digest: Reading<String> {
        do throws(OpenSSLError) {
            return Reading(try SHA256.hex(of: bytes), [])
        } catch {
            let message = "the file's digest could not be computed"
            return Reading(nil, [Diagnostic(at: Mark(file: name), message)])
        }
    }
}
