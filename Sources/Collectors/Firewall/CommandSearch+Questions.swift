import Facts

/// What else is asked of a text, and of all that it leads to.
extension CommandSearch {
    /// Whether a text, or what it leads to, has a command that puts rules into the kernel.
    func loadsRules(_ text: some Sequence<UInt8>) -> Bool {
        var isSuch = false
        walk(self.text(Array(text), .unknown, nil), nil) { text, _ in
            if text.loadsRules { isSuch = true }
        }
        return isSuch
    }

    /// Files of the administrator that a text leads to, and directories of which any file may be
    /// meant; nil where they were not all seen.
    func files(ledToBy text: some Sequence<UInt8>) -> [HostPath]? {
        var files: [HostPath]? = []
        walk(self.text(Array(text), .shell, nil), nil) { text, path in
            if !text.reasons.isDisjoint(with: [.tooLarge, .leadsTooFar, .notRead]) { files = nil }
            let open = text.choices.filter { $0.pattern.contains(UInt8(ascii: "*")) }
            files?.append(contentsOf: open.map(\.directory))
            guard let path, text.code == nil, !text.isOfPackage, isOfOwner(path) else { return }
            files?.append(path)
        }
        return files
    }

    // A directory that is only named is no file, and what packages may bring one day is not there.
    private func isOfOwner(_ path: HostPath) -> Bool {
        guard !Self.isApart(path) else { return false }
        let kind = try? host.status(of: host.resolve(path)).kind
        return kind == nil ? !Self.isOfSystem(path) : kind == .regular
    }

    /// Whether a text, or what it leads to, names settings of forwarding.
    func mayChangeForwarding(_ text: some Sequence<UInt8>, in file: HostPath? = nil) -> Bool {
        var isSuch = false
        walk(first(Array(text), file), file) { text, _ in
            if text.changesForwarding { isSuch = true }
        }
        return isSuch
    }
}
