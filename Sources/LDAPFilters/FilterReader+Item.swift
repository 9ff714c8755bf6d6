/// What compares: everything between parentheses that is no `&`, `|` or `!`.
extension FilterReader {
    mutating func readItem() throws(FilterSyntaxError) -> FilterTree {
        if next == ":" { return .extensible(try readExtensible(nil)) }
        let attribute = try readWord(AttributeDescription.isValid, otherwise: .invalidAttribute)
        let sign = next
        switch sign {
        case "=":
            index += 1
            return .comparison(FilterComparison(attribute, try readEquality()))
        case ":": return .extensible(try readExtensible(attribute))
        case ">", "<", "~":
            index += 1
            guard next == "=" else { throw failure(.missingComparison) }
            index += 1
            let value = try readWholeValue()
            switch sign {
            case ">": return .comparison(FilterComparison(attribute, .greaterOrEqual(value)))
            case "<": return .comparison(FilterComparison(attribute, .lessOrEqual(value)))
            default: return .comparison(FilterComparison(attribute, .approximate(value)))
            }
        default: throw failure(.missingComparison)
        }
    }

    /// Up to the next character that means something.
    private mutating func readWord(
        _ isValid: (String) -> Bool, otherwise reason: FilterSyntaxError.Reason
    ) throws(FilterSyntaxError) -> FilterWord {
        let start = index
        let end = text[start...].firstIndex { "=<>~:()*\\&|!".unicodeScalars.contains($0) } ?? text.count
        let word = String(String.UnicodeScalarView(text[start..<end]))
        guard isValid(word) else { throw failure(reason) }
        index = end
        return FilterWord(text: word, position: start + 1)
    }

    /// From the colon behind the attribute, if there is one.
    private mutating func readExtensible(_ attribute: FilterWord?) throws(FilterSyntaxError) -> ExtensibleMatch {
        index += 1
        let start = index
        var includesName = false
        var rule: FilterWord?
        while let next, next != "=" {
            let word = try readWord(
                { AttributeDescription.isObjectIdentifier(Substring($0).utf8) }, otherwise: .invalidRule)
            if !includesName, rule == nil, word.text.lowercased() == "dn" {
                includesName = true
            } else if rule == nil {
                rule = word
            } else {
                throw failure(.missingAssignment, at: word.position - 1)
            }
            guard self.next == ":" else { throw failure(.missingAssignment) }
            index += 1
        }
        guard next == "=" else { throw failure(.missingAssignment) }
        guard attribute != nil || rule != nil else { throw failure(.missingRule) }
        index += 1
        return ExtensibleMatch(
            attribute: attribute, includesName: includesName, rule: rule, position: start + 1,
            value: try readWholeValue())
    }

    private mutating func readEquality() throws(FilterSyntaxError) -> FilterComparison.Test {
        let start = index
        let parts = try readParts()
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            guard let value = parts.first.flatMap(Self.unlessEmpty) else { throw failure(.emptyValue, at: start) }
            return .equal(value)
        }
        let middle = Array(parts[1..<(parts.count - 1)])
        if middle.contains(where: \.octets.isEmpty) { throw failure(.emptyPart, at: start) }
        let (initial, final) = (Self.unlessEmpty(first), Self.unlessEmpty(last))
        if middle.isEmpty, initial == nil, final == nil { return .present }
        return .substrings(initial: initial, any: middle, final: final)
    }

    private static func unlessEmpty(_ value: FilterValue) -> FilterValue? { value.octets.isEmpty ? nil : value }

    /// A value in which no part may be anything.
    private mutating func readWholeValue() throws(FilterSyntaxError) -> FilterValue {
        let start = index
        let parts = try readParts()
        if parts.count > 1, let star = text[start...].firstIndex(of: "*") { throw failure(.wildcard, at: star) }
        guard let value = parts.first.flatMap(Self.unlessEmpty) else { throw failure(.emptyValue, at: start) }
        return value
    }

    /// What stands between the `*` of a value, up to the `)`; empty parts included.
    private mutating func readParts() throws(FilterSyntaxError) -> [FilterValue] {
        var parts: [FilterValue] = []
        var octets: [UInt8] = []
        var start = index
        while let next, next != ")" {
            switch next {
            case "(": throw failure(.bareParenthesis)
            case "\0": throw failure(.nul)
            case "*":
                parts.append(FilterValue(octets: octets, position: start + 1))
                octets = []
                start = index + 1
            case "\\":
                guard let octet = escapedOctet() else { throw failure(.invalidEscape) }
                octets.append(octet)
                index += 2
            default: octets += Array(String(next).utf8)
            }
            index += 1
        }
        if next == nil { throw failure(.unclosed) }
        return parts + [FilterValue(octets: octets, position: start + 1)]
    }

    /// Of the two digits after the backslash at the present position.
    private func escapedOctet() -> UInt8? {
        guard index + 2 < text.count else { return nil }
        let digits = text[(index + 1)...(index + 2)].compactMap {
            Character($0).isASCII ? Character($0).hexDigitValue : nil
        }
        return digits.count == 2 ? UInt8(digits[0] << 4 | digits[1]) : nil
    }
}
