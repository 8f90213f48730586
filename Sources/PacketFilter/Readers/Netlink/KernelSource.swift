/// Something that an expression loads into a register.
struct KernelSource: Hashable {
    enum Kind: Hashable {
        case operand(Operand)
        /// The name of an interface, 16 bytes.
        case interfaceName(Field)
        /// The number of an interface, 4 bytes.
        case interfaceIndex(Field)
        /// The type of an interface's link, 2 bytes (`ARPHRD_` of if_arp.h).
        case interfaceType(Field)
    }

    /// How people write its numbers.
    enum Style: Hashable {
        case number
        case hexadecimal
        case address(Address.Family)
        case hardware
        case transport
        /// Names of nft for a number, or for the bits of one.
        case named(NftType)
    }

    var kind: Kind
    /// What it is called, such as `tcp dport`.
    var label: String
    var style: Style
    var width: Int

    init(_ kind: Kind, _ label: String, _ style: Style, width: Int) {
        self.kind = kind
        self.label = label
        self.style = style
        self.width = width
    }

    init(_ operand: Operand, _ label: String, _ style: Style = .number) {
        self.init(.operand(operand), label, style, width: operand.width)
    }

    var operand: Operand? {
        guard case .operand(let operand) = kind else { return nil }
        return operand
    }
}

extension KernelSource.Style {
    /// A number as nft would write it.
    func text(_ number: UInt128, width: Int) -> String {
        switch self {
        case .number: String(number)
        case .hexadecimal: "0x" + String(number, radix: 16)
        case .address(let family): Address(family, number).description
        case .hardware:
            (0..<6).map { place in
                let byte = UInt8(truncatingIfNeeded: number >> UInt128(40 - place * 8))
                return (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined(separator: ":")
        case .transport: Transport.name(UInt8(truncatingIfNeeded: number))
        case .named(let type):
            type.isBits
                ? bits(number, type) : NftSymbols.name(of: number, type) ?? String(number)
        }
    }

    private func bits(_ number: UInt128, _ type: NftType) -> String {
        var rest = number
        var names: [String] = []
        for place in 0..<32 where number >> UInt128(place) & 1 == 1 {
            guard let name = NftSymbols.name(of: 1 << UInt128(place), type) else { continue }
            names.append(name)
            rest &= ~(1 << UInt128(place))
        }
        if rest != 0 || names.isEmpty { names.append("0x" + String(rest, radix: 16)) }
        return names.joined(separator: type == .tcpFlags ? "|" : ",")
    }
}
