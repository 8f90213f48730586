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

    /// The time of so many seconds since 1970.
    package init(seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = seconds - days * 86_400
        let (year, month, day) = Timestamp.date(ofDay: days)
        let time = [second / 3_600, second / 60 % 60, second % 60].map { Timestamp.pad($0, 2) }
        self.seconds = seconds
        text =
            "\(Timestamp.pad(year, 4))-\(Timestamp.pad(month, 2))-\(Timestamp.pad(day, 2))"
            + "T\(time.joined(separator: ":"))Z"
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

    // The proleptic Gregorian calendar, in eras of 400 years that begin in March.
    private static func date(ofDay day: Int64) -> (Int64, Int64, Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        let january = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (january <= 2 ? 1 : 0), january, dayOfMonth)
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
