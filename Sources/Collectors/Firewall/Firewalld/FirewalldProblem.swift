import PacketFilter

/// Why what firewalld(1) would load is not read from its files.
struct FirewalldProblem: Error, Hashable {
    /// A closed list.
    enum Code: Hashable {
        /// firewalld refuses the file, and loads the configuration that it was shipped with.
        case refused
        /// What firewalld makes of it is not followed.
        case unclear
    }

    var code: Code
    var place: SourcePlace

    /// A problem by its parts.
    init(_ code: Code, _ place: SourcePlace) {
        self.code = code
        self.place = place
    }
}
