public import Directory

/// A text with places to be filled from a record: `{givenName|lower}.{sn|lower|ascii}@plant.test`.
public struct Template: Sendable, Hashable, CustomStringConvertible {
    enum Piece: Sendable, Hashable {
        case text(String)
        case field(AttributeName, [TemplateFunction])
    }

    let pieces: [Piece]
    /// As it was written.
    public let description: String

    /// - Throws: ``TemplateError`` with the place of the fault.
    public init(parsing text: String) throws(TemplateError) {
        var parser = TemplateParser(text)
        pieces = try parser.parse()
        description = text
    }

    public var sources: [AttributeName] {
        pieces.compactMap { piece in
            if case .field(let name, _) = piece { name } else { nil }
        }
    }

    /// - Returns: nil when something in it is lacking that has no default; or when nothing is left.
    /// - Throws: ``TemplateFault`` when the record has something that cannot be put into a text.
    func filled(from record: SourceUser) throws(TemplateFault) -> String? {
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .field(let name, let functions):
                var value = try record.singleText(of: name)
                for function in functions { value = try function.apply(to: value) }
                guard let value, !value.isEmpty else { return nil }
                result += value
            }
        }
        return result.isEmpty ? nil : result
    }
}

/// Why a record cannot fill a template, as the end of a sentence.
struct TemplateFault: Error {
    let reason: String
}

/// A template that cannot be understood.
public struct TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// In characters, counted from 1.
    public let position: Int
    /// What was expected there.
    public let expected: String

    public var description: String { "character \(position): \(expected)" }
}

extension SourceUser {
    /// The one text under a name; nil where there is none.
    func singleText(of name: AttributeName) throws(TemplateFault) -> String? {
        if let values = attributes[name], !AttributeName.recordKeys.contains(name) {
            switch values {
            case .none: return nil
            case .one(.text(let text)): return text
            case .one(.binary): throw TemplateFault(reason: "\(name) is no text")
            case .many(let all): throw TemplateFault(reason: "\(name) has \(all.count) values, and one is wanted")
            }
        }
        return texts(of: name).first
    }
}
