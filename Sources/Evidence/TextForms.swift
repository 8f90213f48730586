extension String {
    /// Whether it is so many lower-case hexadecimal digits.
    func isHexadecimal(_ count: Int) -> Bool {
        utf8.count == count
            && utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// Whether it is a random UUID (RFC 9562, version 4) in lower case.
    var isRandomUUID: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.isHexadecimal($0.utf8.count) }
            && parts[2].utf8.first == UInt8(ascii: "4")
            && "89ab".utf8.contains(parts[3].utf8.first ?? 0)
    }

    /// Whether it is a code: a letter, then letters, digits, `-` and `_`, at most 64.
    var isCode: Bool {
        guard let first = utf8.first, utf8.count <= 64, first.isLetter else { return false }
        return utf8.allSatisfy {
            $0.isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
