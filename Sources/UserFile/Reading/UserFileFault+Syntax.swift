import StrictJSON

extension UserFileFault {
    /// A fault of syntax. The text is quoted, since a user file holds no secret.
    init(_ error: JSONSyntaxError, in text: UTF8Text) {
        let position = text.position(at: error.offset)
        self.init(.line(position.line, column: position.column), Self.sentence(error, in: text))
    }

    private static func sentence(_ error: JSONSyntaxError, in text: UTF8Text) -> String {
        switch error.problem {
        case .unexpected:
            let found = String(decoding: text.bytes[error.offset...].prefix(12), as: UTF8.self)
            return error.problem.description(quoting: Excerpt(found).description)
        case .repeatedKey(let key): return "the key \(Excerpt(key)) stands twice in one object"
        case .ended, .unclosedString: return "\(error); it may have been cut off"
        default: return error.description
        }
    }
}
