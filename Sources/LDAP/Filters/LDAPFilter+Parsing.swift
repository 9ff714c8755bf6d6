import DistinguishedNames

extension LDAPFilter {
    /// Reads the string form of RFC 4515, and spaces around filters, which people put there.
    ///
    /// The text never reaches a server: what was understood is encoded anew.
    ///
    /// - Throws: ``LDAPFilterSyntaxError`` with the place.
    public init(parsing text: String) throws(LDAPFilterSyntaxError) {
        var parser = LDAPFilterParser(text)
        self = try parser.parse()
    }
}

private struct LDAPFilterParser {
    private let text: [Unicode.Scalar]
    private var position = 0

    /// Deeper than anybody writes, and shallow enough for the stack.
    private static let maximumDepth = 100

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    mutating func parse() throws(LDAPFilterSyntaxError) -> LDAPFilter {
        skipSpaces()
        let filter = try parseFilter(depth: 1)
        skipSpaces()
        guard next == nil else { throw failure(.textBehind) }
        return filter
    }

    private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private mutating func parseFilter(depth: Int) throws(LDAPFilterSyntaxError) -> LDAPFilter {
        guard next == "(" else { throw failure(.missingParenthesis) }
        guard depth <= Self.maximumDepth else { throw failure(.tooDeep) }
        position += 1
        skipSpaces()
        let filter: LDAPFilter
        switch next {
        case "&": filter = .and(try parseList(depth: depth))
        case "|": filter = .or(try parseList(depth: depth))
        case "!":
            position += 1
            skipSpaces()
            filter = .not(try parseFilter(depth: depth + 1))
            skipSpaces()
            if next == "(" { throw failure(.severalNegated) }
        default: filter = try parseComparison()
        }
        guard next == ")" else { throw failure(next == nil ? .unclosed : .missingParenthesis) }
        position += 1
        return filter
    }

    /// The filters behind `&` or `|`.
    private mutating func parseList(depth: Int) throws(LDAPFilterSyntaxError) -> [LDAPFilter] {
        position += 1
        skipSpaces()
        var filters: [LDAPFilter] = []
        while let next, next != ")" {
            filters.append(try parseFilter(depth: depth + 1))
            skipSpaces()
        }
        if filters.isEmpty { throw failure(next == nil ? .unclosed : .emptyList) }
        return filters
    }

    private mutating func parseComparison() throws(LDAPFilterSyntaxError) -> LDAPFilter {
        let name = try parseAttribute()
        let sign = next
        position += 1
        switch sign {
        case "=": return try parseEquality(name)
        case ":": return try parseExtensible(name)
        case ">", "<":
            guard next == "=" else { throw failure(.missingComparison) }
            position += 1
            let value = try parseWholeValue()
            return sign == ">" ? .greaterOrEqual(name, value) : .lessOrEqual(name, value)
        case "~": throw failure(.approximate, at: position - 1)
        default: throw failure(.missingComparison, at: position - 1)
        }
    }

    private mutating func parseAttribute() throws(LDAPFilterSyntaxError) -> LDAPAttributeName {
        let start = position
        let end = text[start...].firstIndex { "=<>~:()*\\&|!".unicodeScalars.contains($0) } ?? text.count
        guard let name = LDAPAttributeName(String(String.UnicodeScalarView(text[start..<end]))) else {
            throw failure(.invalidAttribute)
        }
        position = end
        return name
    }

    private mutating func parseEquality(_ name: LDAPAttributeName) throws(LDAPFilterSyntaxError) -> LDAPFilter {
        let start = position
        let parts = try parseParts()
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            guard let value = parts.first, value.count > 0 else { throw failure(.emptyValue, at: start) }
            return .equal(name, value)
        }
        let middle = Array(parts[1..<(parts.count - 1)])
        if middle.contains(where: { $0.count == 0 }) { throw failure(.emptyPart, at: start) }
        if middle.isEmpty, first.count == 0, last.count == 0 { return .present(name) }
        return .substrings(
            name, initial: first.count > 0 ? first : nil, any: middle, final: last.count > 0 ? last : nil)
    }

    /// `attribute:rule:=value`. What RFC 4515 allows besides, no attribute, no rule, or `:dn`, AD does not evaluate
    /// ([MS-ADTS] 3.1.1.3.1.3.1).
    private mutating func parseExtensible(_ name: LDAPAttributeName) throws(LDAPFilterSyntaxError) -> LDAPFilter {
        let start = position
        let end = text[start...].firstIndex(of: ":") ?? text.count
        let identifier = String(String.UnicodeScalarView(text[start..<end]))
        guard let rule = LDAPFilter.MatchingRule.known.first(where: { $0.identifier == identifier }) else {
            throw failure(.unknownRule)
        }
        position = min(end + 1, text.count)
        guard next == "=" else { throw failure(.missingComparison) }
        position += 1
        let value = try parseWholeValue()
        let valueStart = end + 2
        if rule == .inChain {
            guard let text = value.string, let name = try? DistinguishedName(parsing: text), name.leaf != nil else {
                throw failure(.invalidName, at: valueStart)
            }
        } else if value.string.flatMap({ Int64($0) }) == nil {
            throw failure(.invalidNumber, at: valueStart)
        }
        return .extensible(name, rule: rule, value)
    }

    /// A value in which no part may be anything.
    private mutating func parseWholeValue() throws(LDAPFilterSyntaxError) -> LDAPValue {
        let start = position
        let parts = try parseParts()
        if parts.count > 1, let star = text[start...].firstIndex(of: "*") { throw failure(.wildcard, at: star) }
        guard let value = parts.first, value.count > 0 else { throw failure(.emptyValue, at: start) }
        return value
    }

    /// What stands between the `*` of a value, up to the `)`; empty parts included.
    private mutating func parseParts() throws(LDAPFilterSyntaxError) -> [LDAPValue] {
        var parts: [[UInt8]] = [[]]
        while let next, next != ")" {
            switch next {
            case "(": throw failure(.bareParenthesis)
            case "\0": throw failure(.nul)
            case "*": parts.append([])
            case "\\":
                guard let octet = escapedOctet() else { throw failure(.invalidEscape) }
                parts[parts.count - 1].append(octet)
                position += 2
            default: parts[parts.count - 1] += Array(String(next).utf8)
            }
            position += 1
        }
        if next == nil { throw failure(.unclosed) }
        return parts.map { octets in octets.withUnsafeBufferPointer { LDAPValue(copying: $0) } }
    }

    /// Of the two digits after the backslash at the present position.
    private func escapedOctet() -> UInt8? {
        guard position + 2 < text.count else { return nil }
        let digits = text[(position + 1)...(position + 2)].compactMap {
            Character($0).isASCII ? Character($0).hexDigitValue : nil
        }
        return digits.count == 2 ? UInt8(digits[0] << 4 | digits[1]) : nil
    }

    private mutating func skipSpaces() {
        while next == " " { position += 1 }
    }

    private func failure(_ reason: LDAPFilterSyntaxError.Reason, at place: Int? = nil) -> LDAPFilterSyntaxError {
        LDAPFilterSyntaxError(position: (place ?? position) + 1, reason: reason)
    }
}
