/// Takes bytes as they come, and gives the first frame when it is whole.
package struct FrameBuffer: Sendable {
    /// What a peer did that is no frame.
    package enum Failure: Error, Sendable, Hashable {
        /// It announces more than the limit.
        case tooLarge
        /// Something follows the frame, where nothing was asked.
        case surplus
    }

    /// Nothing has come yet.
    package init() {}

    private var bytes: [UInt8] = []

    /// Whether nothing has come.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Bytes that are still missing, as far as is known.
    package var missing: Int {
        bytes.count < 4 ? 4 - bytes.count : max(4 + length - bytes.count, 0)
    }

    private var length: Int { bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } }

    /// Takes further bytes.
    package mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// The payload, once it is whole; the buffer is empty then.
    package mutating func payload() throws(Failure) -> [UInt8]? {
        guard bytes.count >= 4 else { return nil }
        guard length <= Frame.limit else { throw .tooLarge }
        guard bytes.count >= 4 + length else { return nil }
        guard bytes.count == 4 + length else { throw .surplus }
        let payload = Array(bytes[4...])
        bytes = []
        return payload
    }
}
