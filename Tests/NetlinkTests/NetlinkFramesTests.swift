import Testing

@testable import Netlink

@Suite struct NetlinkFramesTests {
    private static func message(_ type: UInt8, flags: UInt8 = 0, _ body: [UInt8]) -> [UInt8] {
        [UInt8(16 + body.count), 0, 0, 0, type, 0, flags, 0, 1, 0, 0, 0, 0, 0, 0, 0] + body
    }

    @Test func `messages are given until the end is said`() throws {
        var frames = NetlinkFrames(limit: 1000)
        let datagram = Self.message(16, [1, 2, 3, 4]) + Self.message(16, [5, 6, 7, 8])
        #expect(try frames.take(datagram[...]) == .more)
        #expect(try frames.take(Self.message(3, [0, 0, 0, 0])[...]) == .done)
        #expect(frames.messages.map(\.body) == [[1, 2, 3, 4], [5, 6, 7, 8]])
    }

    @Test func `a dump that a change interrupted is not an answer`() throws {
        var frames = NetlinkFrames(limit: 1000)
        #expect(try frames.take(Self.message(16, flags: 0x10, [1, 2, 3, 4])[...]) == .more)
        #expect(try frames.take(Self.message(3, [0, 0, 0, 0])[...]) == .interrupted)
    }

    @Test(
        arguments: [
            [], [1], Array(message(16, [1, 2, 3, 4]).dropLast()),
            [8, 0, 0, 0] + Array(repeating: 0, count: 12),
            message(2, [0, 0, 0, 0]), message(4, []),
        ] as [[UInt8]])
    func `what breaks the format is no answer`(datagram: [UInt8]) {
        var frames = NetlinkFrames(limit: 1000)
        #expect(throws: NetlinkFailure.malformed) { try frames.take(datagram[...]) }
    }

    @Test(arguments: [UInt8(2), 3])
    func `a refusal is told by its number`(type: UInt8) {
        var frames = NetlinkFrames(limit: 1000)
        let refusal = Self.message(type, [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: NetlinkFailure.refused(1)) { try frames.take(refusal[...]) }
    }

    @Test func `what is no list ends with its acknowledgement`() throws {
        var frames = NetlinkFrames(limit: 1000, isDump: false)
        #expect(try frames.take(Self.message(16, [1, 2, 3, 4])[...]) == .more)
        #expect(try frames.take(Self.message(2, [0, 0, 0, 0])[...]) == .done)
        #expect(frames.messages.map(\.body) == [[1, 2, 3, 4]])
        let refusal = Self.message(2, [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: NetlinkFailure.refused(1)) { try frames.take(refusal[...]) }
    }

    @Test func `more than the limit is not read`() {
        var frames = NetlinkFrames(limit: 19)
        let datagram = Self.message(16, [1, 2, 3, 4])
        #expect(throws: NetlinkFailure.tooLarge) { try frames.take(datagram[...]) }
    }

    @Test(arguments: [[1], [3, 0, 1, 0], [8, 0, 1, 0, 1]] as [[UInt8]])
    func `attributes that are cut are none`(bytes: [UInt8]) {
        #expect(NetlinkAttributes(bytes) == nil)
    }

    @Test func `attributes are found by their type without its flags`() {
        let attributes = NetlinkAttributes([5, 0, 7, 0x80, 9, 0, 0, 0, 8, 0, 3, 0, 1, 2, 0, 0])
        #expect(attributes?[7] == [9])
        #expect(attributes?.number(3) == 0x201)
    }
}
