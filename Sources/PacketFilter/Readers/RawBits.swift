/// Bits of a header by their place, as fields where they are some.
enum RawBits {
    /// The operand of the bits from the start of a header: `ll`, `nh`, `th` or `ih`.
    ///
    /// In the network header it hangs on the family where a bit is; where the family is open, only
    /// a packet of unknown kind can be asked.
    static func operand(
        _ base: String, _ bits: Range<Int>, _ family: Address.Family?
    ) -> Operand {
        let places: [Place]
        switch (base, family) {
        case ("th", _): places = transport
        case ("nh", .v4): places = network4
        case ("nh", .v6): places = network6
        case ("ll", _): places = link
        default: places = []
        }
        for place in places
        where place.bits.lowerBound <= bits.lowerBound
            && place.bits.upperBound >= bits.upperBound
        {
            let start = bits.lowerBound - place.bits.lowerBound + place.offset
            return .slice(.field(place.field), start..<(start + bits.count))
        }
        if let joined = joined(places, bits) { return joined }
        let name = "raw bits @\(base),\(bits.lowerBound),\(bits.count)"
        return .unknown(Unknown(.hidden, name), width: bits.count)
    }

    private struct Place {
        var bits: Range<Int>
        var field: Field
        /// Where the bits begin in the field.
        var offset = 0
    }

    /// Several fields side by side.
    private static func joined(_ places: [Place], _ bits: Range<Int>) -> Operand? {
        var parts: [Operand] = []
        var next = bits.lowerBound
        while next < bits.upperBound {
            guard let place = places.first(where: { $0.bits.contains(next) }) else { return nil }
            let end = min(place.bits.upperBound, bits.upperBound)
            let start = next - place.bits.lowerBound + place.offset
            parts.append(.slice(.field(place.field), start..<(start + end - next)))
            next = end
        }
        return .joined(parts)
    }

    private static let transport = [
        Place(bits: 0..<16, field: .sourcePort), Place(bits: 16..<32, field: .destinationPort),
    ]
    private static let network4 = [
        Place(bits: 8..<16, field: .trafficClass), Place(bits: 16..<32, field: .length),
        Place(bits: 32..<48, field: .identification), Place(bits: 48..<64, field: .fragment),
        Place(bits: 64..<72, field: .timeToLive), Place(bits: 72..<80, field: .transport),
        Place(bits: 96..<128, field: .source), Place(bits: 128..<160, field: .destination),
    ]
    private static let network6 = [
        Place(bits: 4..<12, field: .trafficClass), Place(bits: 12..<32, field: .flowLabel),
        Place(bits: 48..<56, field: .nextHeader), Place(bits: 56..<64, field: .timeToLive),
        Place(bits: 64..<192, field: .source), Place(bits: 192..<320, field: .destination),
    ]
    private static let link = [
        Place(bits: 0..<48, field: .destinationHardware),
        Place(bits: 48..<96, field: .sourceHardware),
    ]
}
