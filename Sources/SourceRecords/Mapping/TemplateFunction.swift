/// What can be done to a value on its way into a template.
enum TemplateFunction: Sendable, Hashable {
    case lower
    case upper
    /// Letters of the Latin alphabet without what ASCII does not have; see ``Transliteration``.
    case ascii
    /// Nothing but letters, digits, `.`, `-` and `_`: no spaces and apostrophes in a name to sign in with.
    case token
    /// The first so many characters.
    case truncate(Int)
    /// The text where there is no value.
    case fallback(String)

    private static let known = "lower, upper, ascii, token, truncate:20 or default:text"

    /// - Throws: ``TemplateFault`` with what was expected.
    init(_ name: String, _ argument: String?) throws(TemplateFault) {
        switch (name, argument) {
        case ("lower", nil): self = .lower
        case ("upper", nil): self = .upper
        case ("ascii", nil): self = .ascii
        case ("token", nil): self = .token
        case ("truncate", let argument?):
            guard let count = Int(argument), (1...1024).contains(count) else {
                throw TemplateFault(reason: "truncate:N with a number from 1 to 1024, such as truncate:20")
            }
            self = .truncate(count)
        case ("default", let argument?) where !argument.isEmpty: self = .fallback(argument)
        case ("lower", _), ("upper", _), ("ascii", _), ("token", _):
            throw TemplateFault(reason: "\(name) without an argument")
        case ("truncate", _): throw TemplateFault(reason: "truncate:N with a number, such as truncate:20")
        case ("default", _): throw TemplateFault(reason: "default:text with a text")
        default: throw TemplateFault(reason: "\(Self.known), not \"\(name)\"")
        }
    }

    func apply(to value: String?) throws(TemplateFault) -> String? {
        if case .fallback(let text) = self { return value.map { $0.isEmpty ? text : $0 } ?? text }
        guard let value else { return nil }
        switch self {
        case .lower: return value.lowercased()
        case .upper: return value.uppercased()
        case .ascii: return try Transliteration.ascii(value)
        case .token: return value.filter { $0.isLetter || $0.isNumber || ".-_".contains($0) }
        case .truncate(let count): return String(value.prefix(count))
        case .fallback: return value
        }
    }
}
