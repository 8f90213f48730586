/// The name of a probe: `<subject>/<name>`, from the file that it stands in.
enum ProbeID {
    /// The id of a probe's file, or nil where its name is not of the agreed form.
    static func id(ofFile name: String) -> String? {
        let suffix = ".yaml"
        guard name.hasSuffix(suffix) else { return nil }
        let parts = name.dropLast(suffix.count).split(
            separator: "/", omittingEmptySubsequences: false
        ).suffix(2)
        guard parts.count == 2, parts.allSatisfy(isWord) else { return nil }
        return parts.joined(separator: "/")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func isWord(_ text: Substring) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isPlain = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
        }
        return isPlain && text.utf8.first.map(isLetter) == true
    }
}
