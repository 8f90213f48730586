/// A message between the scan and a worker: four bytes of length, most significant first, and so
/// many bytes.
package enum Frame {
    /// A longer message is an error.
    package static let limit = 64 << 20

    /// The frame around a payload.
    package static func bytes(around payload: [UInt8]) -> [UInt8] {
        let length = UInt32(payload.count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + payload
    }
}
