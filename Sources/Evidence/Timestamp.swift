/// A time of the format: UTC in whole seconds, written `YYYY-MM-DDThh:mm:ssZ` and in no other way.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970, without leap seconds.
    package let seconds: Int64
    /// As it is written.
    package let text: String

    /// Reads a time of the years 1970 to 9999; nil for any other way to write it.
    package init?(_ text: String) {
        let utf8 = Array(text.utf8)
        let form = Array("dddd-dd-ddTdd:dd:ddZ".utf8)
        guard utf8.count == form.count else { return nil }
        var numbers: [Int64] = [0]
        for (byte, place) in zip(utf8, form) {
            if place == UInt8(ascii: "d") {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                numbers[numbers.count - 1] =
                    numbers[numbers.count - 1] * 10
                    + Int64(byte - UInt8(ascii: "0"))
            } else {
                guard byte == place else { return nil }
                numbers.append(0)
            }
        }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard year >= 1970, (1...12).contains(month),
            (1...Timestamp.days(of: month, in: year)).contains(day), numbers[3] < 24,
            numbers[4] < 60, numbers[5] < 60
        else { return nil }
        seconds =
            Timestamp.days(before: year, month, day) * 86_400 + numbers[3] * 3_600
            + numbers[4] * 60 + numbers[5]
        self.text = text
    }

    /// The earlier one first.
    package static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.seconds < other.seconds
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && year % 100 != 0 || year % 400 == 0
    }

    private static func days(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1 January 1970 to a day of the Gregorian calendar.
    private static func days(before year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let past = year - 1
        let leaps = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
        let months = (1..<month).reduce(0) { $0 + days(of: $1, in: year) }
        return (year - 1970) * 365 + leaps + months + day - 1
    }
}
