/// The values of iptables' options, as all versions take them.
struct XtablesValues {
    let family: Address.Family
    let services: Services

    func fits(_ text: String, _ argument: XtablesArgument) -> Bool {
        switch argument {
        case .none, .tcpFlags, .set: true
        case .number(let range): number(text).map(range.contains) ?? false
        case .range(let last): isRange(text, last)
        case .mark: parts(text, "/", 1...2) { number($0).map { $0 <= 0xFFFF_FFFF } ?? false }
        case .port: isPortRange(text, openEnds: true)
        case .ports: isPortList(text)
        case .addresses: parts(text, ",", 1...100) { isNetwork($0) }
        case .address: isNetwork(text)
        case .netmask: Address(text).map { $0.family == family } ?? false
        case .addressRange: addressRange(text) != nil
        case .hardware: HardwareAddress(text) != nil && text.utf8.count == 17
        case .icmp: isICMP(text)
        case .transport: Transport.number(text) != nil
        case .rate: isRate(text)
        case .time: isTime(text)
        case .fraction: text.utf8.count < 12 && (Double(text).map { (0...1).contains($0) } ?? false)
        case .text(let longest):
            (1...longest).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && text != "!"
        case .oneOf(let names): names.contains(text)
        case .listOf(let names): parts(text, ",", 1...20) { names.contains($0) }
        case .translation: isTranslation(text)
        }
    }

    private func parts(
        _ text: String, _ sign: Character, _ count: ClosedRange<Int>, _ fits: (String) -> Bool
    ) -> Bool {
        let parts = text.split(separator: sign, omittingEmptySubsequences: false).map(String.init)
        return count.contains(parts.count) && parts.allSatisfy(fits)
    }

    /// Decimal without a leading zero, or hexadecimal after `0x`.
    private func number(_ text: String) -> UInt64? {
        if text.hasPrefix("0x") {
            let digits = text.dropFirst(2)
            guard digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                return nil
            }
            return UInt64(digits, radix: 16)
        }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text == "0" || !text.hasPrefix("0")
        else { return nil }
        return UInt64(text)
    }

    private func isRange(_ text: String, _ last: UInt64) -> Bool {
        let ends = text.split(separator: ":", omittingEmptySubsequences: false).map {
            number(String($0))
        }
        guard (1...2).contains(ends.count), let first = ends[0], let end = ends[ends.count - 1]
        else { return false }
        return first <= end && end <= last
    }

    private func port(_ text: String) -> UInt64? {
        if let number = UInt16(text) { return String(number) == text ? UInt64(number) : nil }
        return services.port(text).map { UInt64($0) }
    }

    private func isPortRange(_ text: String, openEnds: Bool) -> Bool {
        let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(ends.count), !(ends.count == 2 && ends == ["", ""]) else {
            return false
        }
        if ends.count == 1 { return port(ends[0]) != nil }
        let first = ends[0].isEmpty && openEnds ? 0 : port(ends[0])
        let last = ends[1].isEmpty && openEnds ? 65535 : port(ends[1])
        guard let first, let last else { return false }
        // A range of a list is of more than one port.
        return openEnds ? first <= last : first < last
    }

    private func isPortList(_ text: String) -> Bool {
        var count = 0
        let isSound = parts(text, ",", 1...15) { part in
            count += part.contains(":") ? 2 : 1
            return isPortRange(part, openEnds: false)
        }
        return isSound && count <= 15
    }

    /// An address alone, with a prefix length, or with a mask.
    private func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let address = Address(parts[0]), address.family == family, parts.count <= 2 else {
            return false
        }
        guard parts.count == 2 else { return true }
        if let length = number(parts[1]), !parts[1].hasPrefix("0x") {
            return length <= UInt64(family.width)
        }
        return Address(parts[1]).map { $0.family == family } ?? false
    }

    /// The ends of a range, in either order.
    private func addressRange(_ text: String) -> (first: UInt128, last: UInt128)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Address($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
            first.family == family, last.family == family
        else { return nil }
        return (first.number, last.number)
    }

    private func isICMP(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count) else { return false }
        if number(parts[0]).map({ $0 <= 255 }) == true {
            return parts.count == 1 || number(parts[1]).map { $0 <= 255 } == true
        }
        let names: Set<String> =
            family == .v4
            ? [
                "echo-reply", "destination-unreachable", "network-unreachable",
                "host-unreachable", "protocol-unreachable", "port-unreachable",
                "fragmentation-needed", "source-quench", "redirect", "echo-request",
                "router-advertisement", "router-solicitation", "time-exceeded",
                "parameter-problem", "timestamp-request", "timestamp-reply",
            ]
            : [
                "destination-unreachable", "no-route", "port-unreachable", "packet-too-big",
                "time-exceeded", "parameter-problem", "echo-request", "echo-reply",
                "router-solicitation", "router-advertisement", "neighbour-solicitation",
                "neighbor-solicitation", "neighbour-advertisement", "neighbor-advertisement",
                "redirect", "bad-header", "unknown-header-type", "unknown-option",
            ]
        return parts.count == 1 && names.contains(text)
    }

    /// `5`, `5/min`, `10/hour`: at most 10,000 a second, at least one in the longest time.
    private func isRate(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let units: Set<String> = [
            "s", "sec", "second", "m", "min", "minute", "h", "hour", "d", "day",
        ]
        guard let count = UInt16(parts[0]), String(count) == parts[0], (1...10000).contains(count),
            parts.count <= 2
        else {
            return false
        }
        return parts.count == 1 || units.contains(parts[1])
    }

    private func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 }) else {
            return false
        }
        let numbers = parts.map { UInt64($0) ?? 99 }
        return numbers[0] < 24 && numbers.dropFirst().allSatisfy { $0 < 60 }
    }

    /// `10.0.0.1-10.0.0.9:80-90`, `[fd00::1]:80`.
    private func isTranslation(_ text: String) -> Bool {
        var (addresses, ports) = (text, "")
        if text.hasPrefix("[") {
            guard family == .v6, let end = text.firstIndex(of: "]") else { return false }
            addresses = String(text[text.index(after: text.startIndex)..<end])
            ports = String(text[text.index(after: end)...])
            if !ports.isEmpty {
                guard ports.hasPrefix(":"), ports.count > 1 else { return false }
                ports.removeFirst()
            }
        } else if family == .v4, let colon = text.firstIndex(of: ":") {
            addresses = String(text[..<colon])
            ports = String(text[text.index(after: colon)...])
            if ports.isEmpty { return false }
        }
        let isSound =
            addresses.isEmpty
            ? !ports.isEmpty && family == .v4
            : addressRange(addresses).map { $0.first <= $0.last } ?? false
        guard isSound, !ports.isEmpty else { return isSound }
        let ends = ports.split(separator: "-", omittingEmptySubsequences: false).map {
            number(String($0))
        }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
        else { return false }
        return 1 <= first && first <= last && last <= 65535
    }
}
