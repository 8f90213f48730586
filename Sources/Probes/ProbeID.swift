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

    private static func isWord(_ text: Substring) -> Bool {
        text.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil
    }
}
