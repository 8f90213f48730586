import CLibYAML

/// Reads YAML step by step with libyaml; it keeps no state beyond the nesting of what is open.
@safe package struct YAMLParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// A parser of UTF-8 bytes, which it copies.
    package init(_ bytes: [UInt8]) {
        unsafe input = .allocate(capacity: bytes.count)
        _ = unsafe input.initialize(fromContentsOf: bytes)
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        // Initialising fails only without memory; the parser then answers every step with an error.
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deinitialize(count: 1)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next step; after `streamEnd` it must not be asked again.
    package mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe YAMLEvent(event)
    }

    private var syntaxError: YAMLSyntaxError {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
        let (line, column) =
            unsafe parser.pointee.error == YAML_READER_ERROR
            ? place(ofByte: parser.pointee.problem_offset)
            : (Int(parser.pointee.problem_mark.line), Int(parser.pointee.problem_mark.column))
        return YAMLSyntaxError(
            problem: problem ?? "it could not be read", line: line + 1, column: column + 1)
    }

    // The reader, which checks the encoding, knows the offset alone.
    private func place(ofByte offset: Int) -> (line: Int, column: Int) {
        var line = 0
        var column = 0
        let end = unsafe min(offset, input.count)
        for index in 0..<end {
            let byte = unsafe input[index]
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 0
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}

extension YAMLEvent {
    fileprivate init(_ event: yaml_event_t) {
        unsafe self.init(
            kind: Kind(event), line: Int(event.start_mark.line) + 1,
            column: Int(event.start_mark.column) + 1, hasAnchor: event.hasAnchor,
            hasTag: event.hasTag)
    }
}

extension YAMLEvent.Kind {
    fileprivate init(_ event: yaml_event_t) {
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: self = .streamStart
        case YAML_DOCUMENT_START_EVENT:
            let start = unsafe event.data.document_start
            self = unsafe .documentStart(
                hasDirectives: start.version_directive != nil
                    || start.tag_directives.start != start.tag_directives.end)
        case YAML_DOCUMENT_END_EVENT: self = .documentEnd
        case YAML_ALIAS_EVENT: self = .alias
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            self = unsafe .scalar(String(decoding: bytes, as: UTF8.self), .init(scalar.style))
        case YAML_SEQUENCE_START_EVENT: self = .sequenceStart
        case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
        case YAML_MAPPING_START_EVENT: self = .mappingStart
        case YAML_MAPPING_END_EVENT: self = .mappingEnd
        // An event without a type follows the end of the stream.
        default: self = .streamEnd
        }
    }
}

extension YAMLEvent.Style {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .quoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: self = .block
        default: self = .plain
        }
    }
}

extension yaml_event_t {
    fileprivate var hasAnchor: Bool {
        switch unsafe type {
        case YAML_ALIAS_EVENT: true
        case YAML_SCALAR_EVENT: unsafe data.scalar.anchor != nil
        case YAML_SEQUENCE_START_EVENT: unsafe data.sequence_start.anchor != nil
        case YAML_MAPPING_START_EVENT: unsafe data.mapping_start.anchor != nil
        default: false
        }
    }

    fileprivate var hasTag: Bool {
        switch unsafe type {
        case YAML_SCALAR_EVENT: unsafe data.scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT: unsafe data.sequence_start.tag != nil
        case YAML_MAPPING_START_EVENT: unsafe data.mapping_start.tag != nil
        default: false
        }
    }
}
