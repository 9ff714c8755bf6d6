/// Why a text is no filter, and where (RFC 4515).
public struct LDAPFilterSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        case missingParenthesis = "a filter begins with '('"
        case unclosed = "the filter ends before its ')'"
        case textBehind = "something follows the filter's ')'; several conditions are joined as (&(…)(…)) or (|(…)(…))"
        case emptyList = "'&' and '|' need at least one filter behind them"
        case severalNegated = "'!' takes one filter; several are joined first: (!(|(…)(…)))"
        case tooDeep = "it is nested more than 100 levels deep"
        case invalidAttribute = "the name of an attribute was expected: letters, digits and hyphens, without spaces"
        case missingComparison = "after the attribute, '=', '>=', '<=' or ':' with a matching rule was expected"
        case approximate = "'~=' compares like '=' in Active Directory; write '='"
        case emptyValue = "there is no value; (attribute=*) asks for any"
        case emptyPart = "two '*' stand side by side"
        case wildcard = "'*' has a meaning after '=' only; the character itself is written \\2a"
        case bareParenthesis = "inside a value, '(' is written \\28 and ')' is \\29"
        case invalidEscape = "'\\' is followed by two hexadecimal digits; the character itself is written \\5c"
        case nul = "the character NUL is written \\00"
        case unknownRule = """
            the matching rules of Active Directory are 1.2.840.113556.1.4.803 (all bits), .804 (one of the bits) and .1941 \
            (in chain): (attribute:rule:=value)
            """
        case invalidNumber = "this matching rule compares with a whole number, in decimal digits"
        case invalidName = "this matching rule compares with a distinguished name"
    }

    /// Of the character at fault, the first being 1; one more than there are where something lacks at the end.
    public let position: Int
    public let reason: Reason

    public var description: String { "at character \(position): \(reason.rawValue)" }
}
