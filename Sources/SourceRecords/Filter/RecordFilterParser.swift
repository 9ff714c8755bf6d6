import Directory

/// Reads the text of a filter (RFC 4515 §3), strictly: what an LDAP server would refuse is refused here too.
///
/// Not taken, because the file holds no schema to do them by: approximate (`~=`) and extensible (`:=`) matching.
struct RecordFilterParser {
    private let characters: [Character]
    private var index = 0
    private var depth = 0

    /// Deeper than anybody writes: the reading is recursive.
    private static let maximumDepth = 64

    init(_ text: String) { characters = Array(text) }

    mutating func parse() throws(RecordFilterError) -> RecordFilter.Node {
        let node = try filter()
        guard index == characters.count else {
            throw failure("the filter ends before this: join several with (&…) or (|…)")
        }
        return node
    }

    private mutating func filter() throws(RecordFilterError) -> RecordFilter.Node {
        guard next == "(" else {
            throw failure(depth == 0 ? "a filter begins with (" : "a ( or a ) was expected")
        }
        guard depth < Self.maximumDepth else { throw failure("more than \(Self.maximumDepth) filters in one another") }
        depth += 1
        defer { depth -= 1 }
        index += 1
        let node: RecordFilter.Node
        switch next {
        case "&":
            index += 1
            node = .all(try list())
        case "|":
            index += 1
            node = .any(try list())
        case "!":
            index += 1
            node = .not(try filter())
        default: node = .item(try item())
        }
        guard next == ")" else {
            throw failure(next == nil ? "the filter ends without a )" : "a ) was expected")
        }
        index += 1
        return node
    }

    private mutating func list() throws(RecordFilterError) -> [RecordFilter.Node] {
        // `(&)` and `(|)` (RFC 4526) say nothing about anybody, and are rather a slip.
        guard next == "(" else { throw failure("a ( was expected: what is to be joined") }
        var nodes: [RecordFilter.Node] = []
        while next == "(" { nodes.append(try filter()) }
        return nodes
    }

    private mutating func item() throws(RecordFilterError) -> RecordFilter.Item {
        let start = index
        while let character = next, character.isASCII, character.isLetter || character.isNumber || character == "-" {
            index += 1
        }
        guard index > start, characters[start].isLetter else {
            throw failure("the name of an attribute was expected", at: start)
        }
        let attribute = AttributeName(String(characters[start..<index]))
        let comparison = try comparison()
        let pieces = try value()
        return RecordFilter.Item(
            attribute: attribute, position: start + 1, test: try test(comparison, pieces, valueAt: index))
    }

    private enum Comparison { case equality, atLeast, atMost }

    private mutating func comparison() throws(RecordFilterError) -> Comparison {
        let start = index
        switch next {
        case "=":
            index += 1
            return .equality
        case ">" where following == "=":
            index += 2
            return .atLeast
        case "<" where following == "=":
            index += 2
            return .atMost
        case "<", ">": throw failure("there is \(characters[start])= only: greater or equal, less or equal")
        case "~": throw failure("~= is not known here: use =, with asterisks if need be")
        case ":": throw failure("matching rules (:=) are not known here")
        default: throw failure("=, >= or <= was expected")
        }
    }

    private func test(
        _ comparison: Comparison, _ pieces: [String], valueAt end: Int
    ) throws(RecordFilterError) -> RecordFilter.Test {
        guard pieces.count > 1 else {
            guard !pieces[0].isEmpty else { throw failure("a value was expected; * is for any", at: end) }
            switch comparison {
            case .equality: return .equals(pieces[0])
            case .atLeast: return .isAtLeast(pieces[0])
            case .atMost: return .isAtMost(pieces[0])
            }
        }
        guard case .equality = comparison else { throw failure("an asterisk goes with = only", at: end) }
        return pieces.allSatisfy(\.isEmpty) ? .isPresent : .matches(pieces)
    }

    /// The pieces of the value between its asterisks.
    private mutating func value() throws(RecordFilterError) -> [String] {
        var pieces = [[UInt8]()]
        let start = index
        while let character = next, character != ")" {
            switch character {
            case "(": throw failure("a ( in a value is written \\28")
            case "*": pieces.append([])
            case "\\":
                pieces[pieces.count - 1].append(try escapedOctet())
                continue
            default: pieces[pieces.count - 1] += Array(String(character).utf8)
            }
            index += 1
        }
        var texts: [String] = []
        for piece in pieces {
            guard let text = String(validating: piece, as: UTF8.self) else {
                throw failure("the escaped octets of the value are no UTF-8", at: start)
            }
            texts.append(text)
        }
        return texts
    }

    /// `\2a`: a backslash and two hexadecimal digits.
    private mutating func escapedOctet() throws(RecordFilterError) -> UInt8 {
        let digits = characters[(index + 1)...].prefix(2)
        guard digits.count == 2, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let octet = UInt8(String(digits), radix: 16)
        else { throw failure("a backslash is followed by two hexadecimal digits: \\5c for itself") }
        index += 3
        return octet
    }

    private var next: Character? { index < characters.count ? characters[index] : nil }
    private var following: Character? { index + 1 < characters.count ? characters[index + 1] : nil }

    private func failure(_ problem: String, at place: Int? = nil) -> RecordFilterError {
        RecordFilterError(position: (place ?? index) + 1, problem: problem)
    }
}
