import Agent
import Testing

/// Frames come in pieces.
struct FrameBufferTests {
    @Test(arguments: [1, 2, 3, 5, 100])
    func `a frame is whole when its last byte is there`(piece: Int) throws {
        let payload = Array("a payload of some bytes".utf8)
        var rest = Frame.bytes(around: payload)[...]
        var buffer = FrameBuffer()
        while !rest.isEmpty {
            #expect(try buffer.payload() == nil)
            buffer.append(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        #expect(try buffer.payload() == payload)
        #expect(buffer.isEmpty)
    }

    @Test func `a frame that is too long is refused before it comes`() {
        var buffer = FrameBuffer()
        buffer.append([0x04, 0, 0, 1])
        #expect(throws: FrameBuffer.Failure.tooLarge) { try buffer.payload() }
    }

    @Test func `what follows a frame is an error`() {
        var buffer = FrameBuffer()
        buffer.append(Frame.bytes(around: [1]) + [0])
        #expect(throws: FrameBuffer.Failure.surplus) { try buffer.payload() }
    }
}
