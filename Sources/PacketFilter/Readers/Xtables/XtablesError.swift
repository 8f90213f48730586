/// Why a line of an iptables-save document was not read.
struct XtablesError: Error, Hashable, Sendable {
    enum Code: Hashable, Sendable {
        /// `iptables-restore` refuses it, and with it the table.
        case refused
        /// It may be right, but this reader does not know it.
        case notUnderstood
    }

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
