extension Ruleset {
    /// Puts the tables of a listing of the kernel's rules (`nft list ruleset`) in.
    ///
    /// `links` are the interfaces whose kind is known. What is not understood becomes an unknown in
    /// its place; a document that is cut throws
    /// `malformed`, one that is too large `tooLarge`.
    package mutating func read(
        nftListing bytes: [UInt8], links: [KernelLink] = []
    ) throws(PacketFilterError) {
        var reader = NftReader(bytes, file: "ruleset", mode: .listing, into: self)
        reader.links = links
        do throws(NftError) {
            try reader.read()
        } catch {
            let code: PacketFilterError.Code = error.code == .tooLarge ? .tooLarge : .malformed
            throw PacketFilterError(code, "line \(error.place.line)")
        }
        self = reader.ruleset
    }

    /// What `nft -f` makes of a file, for a host that has these rules already.
    ///
    /// nft loads all of a file or nothing of it. `include` finds the files of a pattern,
    /// `presence` knows which interfaces are there when the file is loaded.
    package func loading(
        nftFile bytes: [UInt8], path: String, services: Services = .common,
        presence: @escaping (String) -> InterfacePresence,
        include: @escaping (String) -> IncludedFiles
    ) -> LoadOutcome {
        var reader = NftReader(
            bytes, file: path, mode: .file, into: self, services: services, include: include,
            presence: presence)
        do throws(NftError) {
            try reader.read()
        } catch {
            let problem = LoadProblem(error.place, error.message)
            return error.code == .refused && reader.isFollowed
                ? .refused(self, problem) : .unclear(reader.doubts + [problem])
        }
        if !reader.isFollowed { return .unclear(reader.doubts) }
        return reader.doubts.isEmpty
            ? .loaded(reader.ruleset)
            : .doubtful(loaded: reader.ruleset, refused: [self], reader.doubts)
    }
}
