import Facts

/// Names of protocols, as the host's `/etc/protocols` has them; firewalld asks the same list.
struct FirewalldProtocols {
    private var numbers: [String: UInt8] = [:]

    /// Reads the list; where there is none, no name is known.
    init(of host: some HostView) throws(HostError) {
        let lines: [[UInt8]]
        do throws(HostError) {
            lines = try host.lines(of: "/etc/protocols")
        } catch {
            guard error.code == .notFound else { throw error }
            return
        }
        for line in lines {
            let plain = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
            let words = plain.split { $0 == " " || $0 == "\t" }.map(String.init)
            guard words.count >= 2, let number = UInt8(words[1]) else { continue }
            for name in [words[0]] + words[2...] where numbers[name] == nil {
                numbers[name] = number
            }
        }
    }

    /// The packets of a protocol; nil of one that is not known.
    func match(_ name: String?) -> FirewalldMatch? {
        guard let name else { return nil }
        let isNumber = !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let number = isNumber ? UInt8(name) : numbers[name]
        return number.map { FirewalldMatch("meta l4proto \($0)") }
    }
}
