/// Why a text is no JSON, or none that is read here, and where.
///
/// The description never quotes the text, because a secret may stand at just that place. Whoever knows that none can
/// finds the text at ``offset``.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted in bytes from 0; see ``UTF8Text/position(at:)``.
    public let offset: Int
    public let problem: Problem

    public init(offset: Int, problem: Problem) {
        self.offset = offset
        self.problem = problem
    }

    public var description: String { problem.description }

    public enum Problem: Hashable, Sendable {
        /// There is nothing but white space.
        case empty
        /// Something else stands there, which perhaps is the habit of another format.
        case unexpected(Expectation, Habit?)
        /// The text ends there.
        case ended(Expectation)
        /// The string that begins there has no closing quote.
        case unclosedString
        /// The last entry of an object or array is followed by a comma.
        case strayComma
        case leadingZero
        /// A backslash, and no escape that JSON knows.
        case unknownEscape
        /// `\u` without four hexadecimal digits.
        case incompleteEscape
        case halfSurrogatePair
        case controlCharacter
        case repeatedKey(String)
        /// More of something than is allowed: a whole sentence.
        case limit(String)
    }

    /// What should have stood there.
    public enum Expectation: String, Sendable {
        case value = "a value"
        case object = "'{'"
        case array = "'['"
        case key = "a key in double quotes"
        case colon = "':' after the key"
        case commaOrBrace = "',' or '}' after the value"
        case commaOrBracket = "',' or ']' after the value"
        case digit = "a digit"
        case end = "the end of the file"
    }

    /// What is right in other formats.
    public enum Habit: String, Sendable {
        case comment = "JSON has no comments"
        case singleQuote = "JSON strings stand in double quotes"

        init?(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "#"): self = .comment
            case UInt8(ascii: "'"): self = .singleQuote
            default: return nil
            }
        }
    }
}

extension JSONSyntaxError.Problem: CustomStringConvertible {
    public var description: String { description(quoting: nil) }

    /// - Parameter found: what stands at the place, as it may be shown; nil where it may be a secret.
    public func description(quoting found: String?) -> String {
        switch self {
        case .unexpected(let expected, let habit):
            "expected \(expected.rawValue)" + (found.map { ", not \($0)" } ?? "")
                + (habit.map { "; \($0.rawValue)" } ?? "")
        case .ended(let expected): "expected \(expected.rawValue), but the file ends"
        case .empty: "the file is empty"
        case .unclosedString: "the string is not closed"
        case .strayComma: "expected another entry after the comma; JSON has none after the last entry"
        case .leadingZero: "a number cannot begin with a zero before other digits"
        case .unknownEscape: #"a backslash in a string is written twice: \\"#
        case .incompleteEscape:
            #"expected four hexadecimal digits after \u; a backslash in a string is written twice: \\"#
        case .halfSurrogatePair: "an escape is half of a surrogate pair"
        case .controlCharacter: "a string cannot contain a line break, tab or other control character as it is"
        case .repeatedKey: "a key stands twice in one object"
        case .limit(let sentence): sentence
        }
    }
}
