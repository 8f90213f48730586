import CExpat

/// Reads XML with expat, without document types and whatever they could bring in.
package struct XMLReader: Sendable {
    /// Bytes of a document.
    package static let largestSize = 1 << 20

    /// A reader; it keeps no state.
    package init() {}

    /// The elements of a document, in its order.
    package func events(of bytes: [UInt8]) throws(XMLSyntaxError) -> [XMLEvent] {
        guard bytes.count <= Self.largestSize else { throw XMLSyntaxError(.tooLarge, line: 1) }
        let steps = XMLSteps()
        guard let parser = unsafe XML_ParserCreate(nil) else {
            throw XMLSyntaxError(.tooLarge, line: 1)
        }
        defer { unsafe XML_ParserFree(parser) }
        unsafe steps.parser = parser
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(steps).toOpaque())
        unsafe XML_SetElementHandler(
            parser,
            { steps, name, attributes in unsafe XMLSteps.of(steps)?.begin(name, attributes) },
            { steps, name in unsafe XMLSteps.of(steps)?.end(name) })
        unsafe XML_SetCharacterDataHandler(parser) { steps, text, count in
            unsafe XMLSteps.of(steps)?.add(text, count)
        }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { steps, _, _, _, _ in
            unsafe XMLSteps.of(steps)?.stop(.notFollowed)
        }
        let status = unsafe bytes.withUnsafeBytes { bytes in
            // The last argument: nothing follows.
            unsafe XML_Parse(
                parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                CInt(bytes.count), 1)
        }
        // Expat holds them by a pointer alone.
        withExtendedLifetime(steps) {}
        if let code = steps.refusal { throw XMLSyntaxError(code, line: steps.line) }
        guard status != XML_STATUS_OK else { return steps.events }
        let error = unsafe XML_GetErrorCode(parser)
        let isOfEncoding =
            error == XML_ERROR_UNKNOWN_ENCODING || error == XML_ERROR_INCORRECT_ENCODING
        let isOfMemory = error == XML_ERROR_NO_MEMORY
        throw XMLSyntaxError(
            isOfMemory ? .tooLarge : isOfEncoding ? .notFollowed : .notWellFormed,
            line: steps.line)
    }
}

/// What expat reports, as it reports it.
@safe private final class XMLSteps {
    var parser: OpaquePointer?
    private(set) var events: [XMLEvent] = []
    private(set) var refusal: XMLSyntaxError.Code?
    private var text: [UInt8] = []
    private var depth = 0

    private static let greatestDepth = 64
    private static let greatestCount = 200_000

    static func of(_ steps: UnsafeMutableRawPointer?) -> XMLSteps? {
        // Expat hands back what XML_SetUserData gave it, and that lives until it has read.
        unsafe steps.map { unsafe Unmanaged<XMLSteps>.fromOpaque($0).takeUnretainedValue() }
    }

    var line: Int {
        guard let parser = unsafe parser else { return 1 }
        return unsafe Int(XML_GetCurrentLineNumber(parser))
    }

    func begin(
        _ name: UnsafePointer<CChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        guard refusal == nil else { return }
        depth += 1
        guard depth <= Self.greatestDepth, events.count < Self.greatestCount else {
            return stop(.tooLarge)
        }
        var values: [String: String] = [:]
        // Names and values by turns, and nothing at the end.
        var rest = unsafe attributes
        while let pair = unsafe rest, let key = unsafe pair[0], let value = unsafe pair[1] {
            unsafe values[String(cString: key)] = unsafe String(cString: value)
            unsafe rest = pair + 2
        }
        text = []
        unsafe events.append(XMLEvent(.start(values), Self.string(name), line: line))
    }

    func end(_ name: UnsafePointer<CChar>?) {
        guard refusal == nil else { return }
        depth -= 1
        let text = String(decoding: self.text, as: UTF8.self)
        unsafe events.append(XMLEvent(.end(text), Self.string(name), line: line))
        self.text = []
    }

    func add(_ text: UnsafePointer<CChar>?, _ count: CInt) {
        guard refusal == nil, let text = unsafe text else { return }
        let characters = unsafe UnsafeBufferPointer(start: text, count: Int(count))
        unsafe self.text += characters.map { UInt8(bitPattern: $0) }
    }

    /// The rest of the document is not read.
    func stop(_ code: XMLSyntaxError.Code) {
        refusal = refusal ?? code
        guard let parser = unsafe parser else { return }
        _ = unsafe XML_StopParser(parser, 0)
    }

    private static func string(_ name: UnsafePointer<CChar>?) -> String {
        unsafe name.map { unsafe String(cString: $0) } ?? ""
    }
}
