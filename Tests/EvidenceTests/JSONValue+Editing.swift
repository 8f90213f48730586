import StrictJSON

extension JSONValue {
    /// The document with one value changed; a step is a member's name or an element's number.
    ///
    /// What `change` gives nil for is removed; a member that is not there is added.
    func changing(_ path: String, _ change: (JSONValue?) -> JSONValue?) -> JSONValue {
        changing(path.split(separator: ".")[...], change)
    }

    /// The document with one value set.
    func setting(_ path: String, _ value: JSONValue?) -> JSONValue {
        changing(path) { _ in value }
    }

    private func changing(
        _ steps: ArraySlice<Substring>, _ change: (JSONValue?) -> JSONValue?
    ) -> JSONValue {
        guard let step = steps.first else { return self }
        func changed(_ value: JSONValue?) -> JSONValue? {
            steps.count == 1 ? change(value) : value?.changing(steps.dropFirst(), change)
        }
        switch self {
        case .object(let members):
            let kept = members.filter { $0.name != step }
            let value = changed(self[String(step)])
            return .object(kept + (value.map { [JSONMember(String(step), $0)] } ?? []))
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            let value = changed(elements[index])
            if let value { elements[index] = value } else { elements.remove(at: index) }
            return .array(elements)
        case .null, .bool, .integer, .string: return self
        }
    }
}
