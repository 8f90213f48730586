import PacketFilter
import Testing

struct IntervalSetTests {
    @Test(arguments: 1...50)
    func `ranges in any order become the sorted set of their numbers`(seed: UInt64) {
        var random = Seeded(seed)
        let ranges = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            let first = UInt128(Int.random(in: 0..<200, using: &random))
            return first...(first + UInt128(Int.random(in: 0..<20, using: &random)))
        }
        let set = IntervalSet(ranges)
        let rest = set.complement(width: 8)
        for number in UInt128(0)...255 {
            let isIn = ranges.contains { $0.contains(number) }
            #expect(set.contains(number) == isIn)
            #expect(rest.contains(number) == !isIn)
        }
        for (one, next) in zip(set.ranges, set.ranges.dropFirst()) {
            #expect(one.upperBound + 1 < next.lowerBound)
        }
    }

    @Test
    func `the ends of 128 bits belong to sets like all numbers`() {
        let all = IntervalSet([0...UInt128.max])
        #expect(all.complement(width: 128).isEmpty)
        #expect(IntervalSet.empty.complement(width: 128) == all)
        #expect(IntervalSet([UInt128.max...UInt128.max, 0...(UInt128.max - 1)]) == all)
    }
}

struct AddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::1"), ("::", "::"),
        ("::1", "::1"), ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("fe80::", "fe80::"),
        ("::ffff:192.0.2.1", "::ffff:c000:201"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ])
    func `an address has one text`(_ text: String, _ canonical: String) {
        #expect(Address(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4/8", ":", ":::", "1::2::3",
        "12345::", "g::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1:", "fe80::1%eth0",
    ])
    func `what is no address is not read as one`(_ text: String) {
        #expect(Address(text) == nil)
    }

    @Test(arguments: [
        ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:db8::1/32", "2001:db8::/32"),
    ])
    func `a prefix is named by its first address`(_ text: String, _ canonical: String) {
        #expect(Prefix(text)?.description == canonical)
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "/8"])
    func `a length that no prefix has is not read`(_ text: String) {
        #expect(Prefix(text) == nil)
    }
}
