import COpenSSL

/// What OpenSSL would not do.
package struct OpenSSLError: Error, Sendable, Hashable {
    /// A closed list, stable for machines.
    package enum Code: String, Sendable, Hashable {
        /// The bytes are not a key in the form that was asked for, or more than that.
        case malformed
        /// The key is none of P-256, P-384 and RSA of at least 3072 bits.
        case algorithm
        /// The URI's scheme is not one of `file:`, `pkcs11:` and `handle:`.
        case scheme
        /// Nothing of that kind is stored there, or no provider knows the place.
        case notFound
        /// The library itself failed, such as a token that is not plugged in.
        case failed
    }

    package var code: Code
    /// OpenSSL's own word for it, from its table of messages; nil where it has none.
    package var reason: String?

    /// An error by its parts.
    package init(_ code: Code, reason: String? = nil) {
        self.code = code
        self.reason = reason
    }

    /// What OpenSSL left in its queue of errors, which is emptied.
    static func last(_ code: Code) -> OpenSSLError {
        let number = ERR_peek_last_error()
        ERR_clear_error()
        guard number != 0, let text = unsafe ERR_reason_error_string(number) else {
            return OpenSSLError(code)
        }
        return OpenSSLError(code, reason: unsafe String(cString: text))
    }
}
