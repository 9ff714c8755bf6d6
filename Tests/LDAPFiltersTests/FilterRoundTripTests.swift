import LDAPFilters
import Testing

/// A filter without places: what was written, and what was understood.
indirect enum Meaning: Hashable {
    case and([Meaning])
    case or([Meaning])
    case not(Meaning)
    case compares(String, String, [UInt8])
    case contains(String, [[UInt8]])
    case matches(String?, Bool, String?, [UInt8])

    init(_ tree: FilterTree) {
        switch tree {
        case .and(let trees): self = .and(trees.map(Meaning.init))
        case .or(let trees): self = .or(trees.map(Meaning.init))
        case .not(let tree): self = .not(Meaning(tree))
        case .comparison(let comparison):
            let name = comparison.attribute.text
            switch comparison.test {
            case .present: self = .contains(name, [[], []])
            case .equal(let value): self = .compares(name, "=", value.octets)
            case .approximate(let value): self = .compares(name, "~=", value.octets)
            case .greaterOrEqual(let value): self = .compares(name, ">=", value.octets)
            case .lessOrEqual(let value): self = .compares(name, "<=", value.octets)
            case .substrings(let initial, let any, let final):
                self = .contains(name, [initial?.octets ?? []] + any.map(\.octets) + [final?.octets ?? []])
            }
        case .extensible(let match):
            self = .matches(match.attribute?.text, match.includesName, match.rule?.text, match.value.octets)
        }
    }

    static func random(_ depth: Int, _ generator: inout SeededGenerator) -> Meaning {
        switch depth > 0 ? Int.random(in: 0..<8, using: &generator) : Int.random(in: 3..<8, using: &generator) {
        case 0: return .and((0...Int.random(in: 0...3, using: &generator)).map { _ in random(depth - 1, &generator) })
        case 1: return .or((0...Int.random(in: 0...3, using: &generator)).map { _ in random(depth - 1, &generator) })
        case 2: return .not(random(depth - 1, &generator))
        case 3, 4:
            let sign = ["=", "~=", ">=", "<="].randomElement(using: &generator) ?? "="
            return .compares(name(&generator), sign, value(1, &generator))
        case 5, 6:
            let middle = (0..<Int.random(in: 0...3, using: &generator)).map { _ in value(1, &generator) }
            return .contains(name(&generator), [value(0, &generator)] + middle + [value(0, &generator)])
        default:
            let rule = Bool.random(using: &generator) ? "1.2.840.113556.1.4.803" : "caseExactMatch"
            let hasRule = Bool.random(using: &generator)
            return .matches(
                hasRule && Bool.random(using: &generator) ? nil : name(&generator), Bool.random(using: &generator),
                hasRule ? rule : nil, value(1, &generator))
        }
    }

    private static func name(_ generator: inout SeededGenerator) -> String {
        ["cn", "mS-DS-ConsistencyGuid", "1.2.840.113556.1.4.8", "userCertificate;binary", "dn", "a;x-1;lang-de"]
            .randomElement(using: &generator) ?? "cn"
    }

    /// Text with all that has a meaning, and sometimes octets that are no text.
    private static func value(_ minimum: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        let length = Int.random(in: minimum...6, using: &generator)
        if Int.random(in: 0..<5, using: &generator) == 0 {
            return (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        let letters = Array("ab Zü€🙂*()\\&|!=<>~:;\0\n\u{7F}\u{301}".unicodeScalars)
        return (0..<length).flatMap { _ in Array(String(letters.randomElement(using: &generator) ?? "a").utf8) }
    }

    /// In one of the ways there are to write it: with spaces around filters, and with more escapes than needed.
    func written(_ generator: inout SeededGenerator) -> String {
        func spaces() -> String { String(repeating: " ", count: Int.random(in: 0...2, using: &generator)) }
        func text(_ octets: [UInt8]) -> String {
            guard let text = String(validating: octets, as: UTF8.self) else { return octets.map(escape).joined() }
            return text.unicodeScalars.map { scalar in
                "*()\\\0".unicodeScalars.contains(scalar) || Int.random(in: 0..<4, using: &generator) == 0
                    ? String(scalar).utf8.map(escape).joined() : String(scalar)
            }.joined()
        }
        func escape(_ octet: UInt8) -> String {
            let digits = String(octet, radix: 16, uppercase: Bool.random(using: &generator))
            return "\\" + (digits.count == 1 ? "0" : "") + digits
        }
        func list(_ sign: String, _ filters: [Meaning]) -> String {
            sign + spaces() + filters.map { $0.written(&generator) + spaces() }.joined()
        }
        let inside: String =
            switch self {
            case .and(let filters): spaces() + list("&", filters)
            case .or(let filters): spaces() + list("|", filters)
            case .not(let filter): spaces() + list("!", [filter])
            case .compares(let name, let sign, let value): name + sign + text(value)
            case .contains(let name, let pieces): name + "=" + pieces.map(text).joined(separator: "*")
            case .matches(let name, let includesName, let rule, let value):
                (name ?? "") + (includesName ? ":dn" : "") + (rule.map { ":\($0)" } ?? "") + ":=" + text(value)
            }
        return "(\(inside))"
    }
}

/// SplitMix64, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("From text to tree and back")
struct FilterRoundTripTests {
    @Test("However a filter is written, it is understood; printed and read again, it is the same", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<20 {
            let meaning = Meaning.random(4, &generator)
            let text = meaning.written(&generator)
            let tree = try FilterTree(parsing: text)
            #expect(Meaning(tree) == meaning, "\(text)")
            let printed = tree.description
            let again = try FilterTree(parsing: printed)
            #expect(Meaning(again) == meaning, "\(printed)")
            // What was printed is printed so again, and stands where it stood.
            #expect(again.description == printed)
            #expect(try FilterTree(parsing: again.description) == again)
        }
    }

    @Test("No text makes the reader do anything but answer", arguments: 0..<50)
    func anyText(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let pieces = [
            "(", ")", "&", "|", "!", "=", "*", ":", "~", "<", ">", "\\", "2a", "cn", "dn", "1.2", " ", "ü", "\0",
        ]
        for _ in 0..<200 {
            let length = Int.random(in: 0...12, using: &generator)
            let text = (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            do throws(FilterSyntaxError) {
                let tree = try FilterTree(parsing: text)
                let again = try FilterTree(parsing: tree.description)
                #expect(Meaning(again) == Meaning(tree))
            } catch {
                #expect((1...(text.unicodeScalars.count + 1)).contains(error.position), "\(text)")
            }
        }
    }
}
