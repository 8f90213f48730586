/// The largest memory of the processes that this one started, and of theirs: VmHWM of proc(5), as it
/// was when they were last seen.
struct ProcessPeaks {
    /// KiB, by the number of the process.
    private(set) var first: [String: Int] = [:]
    /// KiB, by the number of the process, of those that the first ones started.
    private(set) var others: [String: Int] = [:]

    /// Looks at all of them now.
    mutating func sample() {
        for child in Self.children(of: "thread-self") {
            first[child] = Self.peak(of: child) ?? first[child]
            for other in Self.children(of: "\(child)/task/\(child)") {
                others[other] = Self.peak(of: other) ?? others[other]
            }
        }
    }

    private static func children(of process: String) -> [String] {
        guard let text = try? File.text("/proc/\(process)/children") else { return [] }
        return text.split(separator: " ").map(String.init)
    }

    private static func peak(of process: String) -> Int? {
        guard let text = try? File.text("/proc/\(process)/status"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }
}
