import Directory

/// Reads `text {name|function|function:argument} text`. Braces that stand for themselves are written twice.
struct TemplateParser {
    private let characters: [Character]
    private var index = 0

    init(_ text: String) { characters = Array(text) }

    mutating func parse() throws(TemplateError) -> [Template.Piece] {
        var pieces: [Template.Piece] = []
        var text = ""
        while let character = next {
            switch character {
            case "{", "}":
                if following == character {
                    text.append(character)
                    index += 2
                    continue
                }
                guard character == "{" else { throw failure("a } that stands for itself is written }}") }
                if !text.isEmpty { pieces.append(.text(text)) }
                text = ""
                pieces.append(try field())
            default:
                text.append(character)
                index += 1
            }
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        return pieces
    }

    private mutating func field() throws(TemplateError) -> Template.Piece {
        index += 1
        let start = index
        let name = word()
        guard let first = name.first, first.isASCII, first.isLetter,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { throw failure("the name of an attribute, such as {givenName}", at: start) }
        let attribute = AttributeName(name)
        guard attribute != .memberOf, attribute != .disabled, attribute != .accountExpires else {
            throw failure("an attribute with a text: \(name) is none", at: start)
        }
        var functions: [TemplateFunction] = []
        while next == "|" {
            index += 1
            functions.append(try function())
        }
        guard next == "}" else { throw failure("a } that ends the place begun by {") }
        index += 1
        return .field(attribute, functions)
    }

    private mutating func function() throws(TemplateError) -> TemplateFunction {
        let start = index
        let name = word(until: ":")
        var argument: String?
        if next == ":" {
            index += 1
            argument = word()
        }
        do throws(TemplateFault) {
            return try TemplateFunction(name, argument)
        } catch {
            throw failure(error.reason, at: start)
        }
    }

    /// What stands before the next `|` or `}`.
    private mutating func word(until end: Character? = nil) -> String {
        let start = index
        while let character = next, character != "|", character != "}", character != end { index += 1 }
        return String(characters[start..<index])
    }

    private var next: Character? { index < characters.count ? characters[index] : nil }
    private var following: Character? { index + 1 < characters.count ? characters[index + 1] : nil }

    private func failure(_ expected: String, at place: Int? = nil) -> TemplateError {
        TemplateError(position: (place ?? index) + 1, expected: expected)
    }
}
