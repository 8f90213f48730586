/// The names that an object has so far, compared byte by byte: `String` would ignore normalisation.
struct JSONNames {
    /// Up to so many names, comparing each is faster than a set.
    private static let few = 32
    private var many: Set<[UInt8]> = []

    /// Whether the name is new to an object that has these members.
    mutating func insert(_ name: String, after members: [JSONMember]) -> Bool {
        guard members.count >= JSONNames.few else {
            return !members.contains { $0.isNamed(name) }
        }
        if many.isEmpty { many = Set(members.map { Array($0.name.utf8) }) }
        return many.insert(Array(name.utf8)).inserted
    }
}
