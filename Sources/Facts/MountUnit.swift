/// The units that systemd mounts things with; see systemd.unit(5), "string escaping".
enum MountUnit {
    /// The name of the unit that mounts something at this path.
    static func name(for path: HostPath) -> String {
        let components = path.components
        guard !components.isEmpty else { return "-.mount" }
        return components.enumerated().map { index, component in
            escaped(component.bytes, isFirst: index == 0)
        }.joined(separator: "-") + ".mount"
    }

    private static func escaped(_ bytes: [UInt8], isFirst: Bool) -> String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            let isLeadingDot = byte == UInt8(ascii: ".") && index == 0 && isFirst
            if isPlain(byte) && !isLeadingDot {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16)
                text += digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
            }
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }
}
