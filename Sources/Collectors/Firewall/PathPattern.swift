import Facts

/// A pattern of paths; see glob(7).
struct PathPattern {
    let components: [[UInt8]]

    /// A pattern below the root.
    init(_ text: String) {
        components = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    }

    /// Some component is no plain name.
    var isPattern: Bool { components.contains(where: Self.isPattern) }

    /// The paths that fit, sorted by their bytes.
    func paths(on host: some HostView) throws(HostError) -> [HostPath] {
        try existing(components[...], on: host)
    }

    /// The directories in which a new name could fit.
    func searched(on host: some HostView) throws(HostError) -> [HostPath] {
        var found: [HostPath] = []
        for index in components.indices where Self.isPattern(components[index]) {
            found += try existing(components[..<index], on: host)
        }
        return found
    }

    private func existing(
        _ components: ArraySlice<[UInt8]>, on host: some HostView
    ) throws(HostError) -> [HostPath] {
        var found: [HostPath] = ["/"]
        for component in components {
            var next: [HostPath] = []
            for directory in found {
                guard Self.isPattern(component) else {
                    next.append(directory.appending(HostPath(bytes: component)))
                    continue
                }
                for entry in try host.entries(of: directory)
                where fits(entry.name.bytes, component) {
                    next.append(directory.appending(entry.name))
                }
            }
            found = next
        }
        var existing: [HostPath] = []
        for path in found where try host.exists(path) { existing.append(path) }
        return existing.sorted()
    }

    // A leading dot must be written.
    private func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
        return Self.matches(name[...], pattern[...])
    }

    /// Whether a name without a leading dot fits a pattern.
    static func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        matches(name[...], pattern[...])
    }

    private static func isPattern(_ component: [UInt8]) -> Bool {
        component.contains {
            [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")].contains($0)
        }
    }

    private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        switch first {
        case UInt8(ascii: "*"):
            let rest = pattern.drop { $0 == UInt8(ascii: "*") }
            return (name.startIndex...name.endIndex).contains { matches(name[$0...], rest) }
        case UInt8(ascii: "?"):
            return !name.isEmpty && matches(name.dropFirst(), pattern.dropFirst())
        case UInt8(ascii: "["):
            guard let (set, rest) = bracket(pattern), let byte = name.first else { return false }
            return set.contains(byte) && matches(name.dropFirst(), rest)
        default:
            return name.first == first && matches(name.dropFirst(), pattern.dropFirst())
        }
    }

    // The bytes of `[a-z]` or `[!a-z]`, and what follows.
    private static func bracket(
        _ pattern: ArraySlice<UInt8>
    ) -> (Set<UInt8>, ArraySlice<UInt8>)? {
        var rest = pattern.dropFirst()
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest = rest.dropFirst() }
        var set: Set<UInt8> = []
        var isFirst = true
        while let byte = rest.first, byte != UInt8(ascii: "]") || isFirst {
            isFirst = false
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-"), let last = rest.dropFirst().first,
                last != UInt8(ascii: "]")
            {
                if byte <= last { set.formUnion(byte...last) }
                rest = rest.dropFirst(2)
            } else {
                set.insert(byte)
            }
        }
        guard rest.first == UInt8(ascii: "]") else { return nil }
        return (isNegated ? Set(UInt8.min...UInt8.max).subtracting(set) : set, rest.dropFirst())
    }
}
