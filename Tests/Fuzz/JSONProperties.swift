import StrictJSON

enum JSONProperties {
    private static let limits = JSONLimits(depth: 16, keysPerObject: 64, valuesPerArray: 64, valueBytes: 1024)

    static func check(_ bytes: [UInt8]) {
        guard let text = UTF8Text(validating: bytes) else { return }
        let strict = Result { () throws(JSONSyntaxError) in try JSONReader.read(text, limits: limits) }
        let lenient = Result { () throws(JSONSyntaxError) in
            try JSONReader.read(text, limits: limits, repeatedKeys: .kept)
        }
        switch (strict, lenient) {
        case (.success(let node), .success(let other)):
            guard node.text == other.text else { violated("repeated keys are none, and change the value") }
            guard
                case .success(let again) = Result(catching: { () throws(JSONSyntaxError) in
                    try JSONReader.read(UTF8Text(node.text), limits: JSONLimits(depth: 16))
                }), again.text.utf8.elementsEqual(node.text.utf8)
            else { violated("the value reads back as another") }
        case (.success, .failure): violated("refused where more is allowed")
        case (.failure(let error), _):
            guard (0...bytes.count).contains(error.offset) else { violated("a fault outside the text") }
            _ = text.position(at: error.offset)
            Messages.check("\(error)", continuedBy: "- ")
        }
        checkSkipping(text, strict)
    }

    /// What is skipped is read as strictly, but for the limit on the length of arrays, which cost nothing there.
    private static func checkSkipping(_ text: UTF8Text, _ strict: Result<JSONNode, JSONSyntaxError>) {
        var reader = JSONReader(text, limits: limits)
        let skipped = Result { () throws(JSONSyntaxError) in
            try reader.skip()
            try reader.end()
        }
        switch (strict, skipped) {
        case (.success, .success): break
        case (.success, .failure): violated("taken, and refused when skipped")
        case (.failure(let error), .success):
            guard case .limit = error.problem else { violated("refused, and taken when skipped: \(error)") }
        case (.failure, .failure): break
        }
    }
}

extension JSONNode {
    /// As JSON again, on one line.
    fileprivate var text: String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text): text
        case .string(let text): text.jsonLiteral
        case .array(let nodes): "[\(nodes.map(\.text).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\($0.key.jsonLiteral):\($0.value.text)" }.joined(separator: ","))}"
        }
    }
}
