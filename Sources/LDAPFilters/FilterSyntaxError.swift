/// Why a text is no filter (RFC 4515), or none that can be evaluated where it is to be, and where.
public struct FilterSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for people: what is wrong there, or what was expected. Whoever evaluates filters has some of his own.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }
    }

    /// In Unicode scalars, the first being 1; one more than there are where something lacks at the end.
    public let position: Int
    public let reason: Reason

    public init(position: Int, reason: Reason) {
        self.position = position
        self.reason = reason
    }

    public var description: String { "at character \(position): \(reason)" }

    /// With what stands before the place: in a long line the eye finds that, and not character 93.
    ///
    /// - Parameter text: the one that was read.
    public func described(in text: String) -> String {
        let before = String(text.unicodeScalars.prefix(position - 1)).suffix(24)
        return "at character \(position)\(before.isEmpty ? "" : ", behind \"\(before)\""): \(reason)"
    }
}

extension FilterSyntaxError.Reason {
    public static let missingParenthesis = Self("a filter begins with '('")
    public static let missingOperand = Self("'!' takes a filter in parentheses: (!(attribute=value))")
    public static let unclosed = Self("the filter ends before its ')'")
    public static let unexpectedText = Self("the '(' of another filter or the ')' of this one was expected")
    public static let textBehind = Self(
        "something follows the filter's ')'; several conditions are joined as (&(…)(…)) or (|(…)(…))")
    /// RFC 4526 has them; here, they are rather a slip.
    public static let emptyList = Self("'&' and '|' need at least one filter behind them")
    public static let severalNegated = Self("'!' takes one filter; several are joined first: (!(|(…)(…)))")
    public static let tooDeep = Self("it is nested more than \(FilterReader.maximumDepth) levels deep")
    public static let invalidAttribute = Self(
        "the name of an attribute was expected: letters, digits and hyphens, without spaces")
    public static let missingComparison = Self("after the attribute, '=', '>=' or '<=' was expected")
    public static let invalidRule = Self("the name or number of a matching rule was expected: (attribute:rule:=value)")
    public static let missingRule = Self("without an attribute, a matching rule is needed: (:rule:=value)")
    public static let missingAssignment = Self("':=' and a value were expected: (attribute:rule:=value)")
    /// RFC 4515 allows it; no syntax of Active Directory has a value of no octets.
    public static let emptyValue = Self("there is no value; (attribute=*) asks for any")
    public static let emptyPart = Self("two '*' stand side by side")
    public static let wildcard = Self("'*' has a meaning after '=' only; the character itself is written \\2a")
    public static let bareParenthesis = Self("inside a value, '(' is written \\28 and ')' is \\29")
    public static let invalidEscape = Self(
        "'\\' is followed by two hexadecimal digits; the character itself is written \\5c")
    public static let nul = Self("the character NUL is written \\00")
    /// Of those who evaluate as Active Directory does ([MS-ADTS] 3.1.1.3.1.3.1).
    public static let approximate = Self("'~=' compares like '=' in Active Directory; write '='")
}
