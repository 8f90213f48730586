/// What is known about some diagrams, or pairs of them, while one question is answered.
struct DiagramMap {
    // Most questions are answered before anything has to be noted.
    private var keys: [UInt64] = []
    private var values: [UInt32] = []
    private var count = 0

    // No arena has so many nodes.
    private static let free = UInt64.max
    private static let smallest = 64

    /// Of a diagram.
    subscript(diagram: Diagram) -> Diagram? {
        get { value(of: UInt64(diagram.node)) }
        set { if let newValue { note(newValue, of: UInt64(diagram.node)) } }
    }

    /// Of a pair.
    subscript(one: Diagram, other: Diagram) -> Diagram? {
        get { value(of: UInt64(one.node) << 32 | UInt64(other.node)) }
        set { if let newValue { note(newValue, of: UInt64(one.node) << 32 | UInt64(other.node)) } }
    }

    private func value(of key: UInt64) -> Diagram? {
        if keys.isEmpty { return nil }
        let place = place(of: key)
        return keys[place] == DiagramMap.free ? nil : Diagram(node: values[place])
    }

    private mutating func note(_ value: Diagram, of key: UInt64) {
        if count * 2 >= keys.count { grow() }
        let place = place(of: key)
        if keys[place] == DiagramMap.free { count += 1 }
        keys[place] = key
        values[place] = value.node
    }

    /// Neighbours stand together, because questions come along paths.
    private func place(of key: UInt64) -> Int {
        let block = key >> 4
        let mixed = (block ^ block >> 29) &* 0x9E37_79B9_7F4A_7C15
        var place = Int(truncatingIfNeeded: mixed >> 32) << 4 | Int(key & 15)
        while true {
            place &= keys.count - 1
            if keys[place] == key || keys[place] == DiagramMap.free { return place }
            place += 1
        }
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        let size = max(DiagramMap.smallest, oldKeys.count * 2)
        keys = Array(repeating: DiagramMap.free, count: size)
        values = Array(repeating: 0, count: size)
        for (key, value) in zip(oldKeys, oldValues) where key != DiagramMap.free {
            let place = place(of: key)
            keys[place] = key
            values[place] = value
        }
    }
}
