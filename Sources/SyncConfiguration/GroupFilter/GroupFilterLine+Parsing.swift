import DistinguishedNames

/// Why a line is none of a group filter.
public struct GroupFilterLineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part of the line that was to be a name.
    public let given: String
    public let expected: String

    public var description: String { "\"\(given)\" given; expected \(expected)" }
}

extension GroupFilterLine {
    /// Reads one line, with or without its end.
    ///
    /// - Throws: ``GroupFilterLineError`` where something else than a distinguished name stands before the remark.
    public init(parsing line: some StringProtocol) throws(GroupFilterLineError) {
        let line = Substring(line).unicodeScalars.drop(while: \.isBlank)
        let mark = Self.remarkMark(in: line)
        let remark = mark.map { mark in
            Substring(line[line.index(after: mark)...].drop(while: \.isBlank)).droppingBlanksAtEnd
        }
        let name = Substring(line[..<(mark ?? line.endIndex)]).droppingBlanksAtEnd
        if name.isEmpty {
            self = remark.map(GroupFilterLine.remark) ?? .blank
            return
        }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw GroupFilterLineError(given: name, expected: "a name without control characters")
        }
        do throws(DistinguishedNameError) {
            self = .group(try DistinguishedName(parsing: name), remark: remark)
        } catch {
            throw GroupFilterLineError(
                given: name, expected: "a relative distinguished name, such as CN=Operators: \(error.reason.rawValue)")
        }
    }

    /// Where the remark begins: at a `#` that is the first character or follows white space, and is no part of a quoted
    /// value. White space with a backslash before it is part of a name, and so is what follows it.
    private static func remarkMark(in line: Substring.UnicodeScalarView) -> String.Index? {
        var isEscaped = false
        var isQuoted = false
        var followsBlank = true
        for index in line.indices {
            let scalar = line[index]
            if scalar == "#", followsBlank, !isQuoted { return index }
            if scalar == "\"", !isEscaped { isQuoted.toggle() }
            followsBlank = scalar.isBlank && !isEscaped
            isEscaped = scalar == "\\" && !isEscaped
        }
        return nil
    }
}

extension Unicode.Scalar {
    /// White space of a text file; the carriage return is what Windows leaves of a line's end.
    fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\r" }
}

extension Substring {
    /// Without the blanks at its end, save one that is escaped: an odd number of backslashes stands before it.
    fileprivate var droppingBlanksAtEnd: String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last.isBlank {
            let before = scalars.dropLast()
            guard before.reversed().prefix(while: { $0 == "\\" }).count.isMultiple(of: 2) else { break }
            scalars = before
        }
        return String(scalars)
    }
}
