/// Something about a name that makes it look like what it is not; for whoever is asked to approve it.
///
/// Names of one language are never suspicious, whatever their alphabet, with their apostrophes, hyphens and accents.
public enum NameSuspicion: Hashable, Sendable {
    /// Letters of two alphabets in one word, or in one name where one of them hides as the other.
    case mixedAlphabets(String, String, Unicode.Scalar, looksLike: Unicode.Scalar?)
    /// A letter in another dress: full-width, mathematical, enclosed, phonetic.
    case disguised(Unicode.Scalar, looksLike: Unicode.Scalar)
    /// Takes no room.
    case unseen(Unicode.Scalar)
    /// Changes the order in which the rest is shown.
    case turnsDirection(Unicode.Scalar)
    /// A space that is not the usual one.
    case oddSpace(Unicode.Scalar)
    /// More accents on one letter than any language puts there: their number.
    case piledMarks(Int)
    /// A code point that has no meaning, or a private one.
    case noCharacter(Unicode.Scalar)

    /// What is suspicious about a name: each kind once, with the first example.
    public static func all(in name: String) -> [NameSuspicion] {
        // Nearly all names.
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return [] }
        var found = SingleScalars()
        found.read(name)
        return (mixture(in: name).map { [$0] } ?? []) + found.suspicions
    }

    private static func mixture(in name: String) -> NameSuspicion? {
        var words: [[(scalar: Unicode.Scalar, alphabet: Alphabet)]] = [[]]
        for scalar in name.unicodeScalars {
            if let alphabet = Alphabet(scalar) {
                words[words.count - 1].append((scalar, alphabet))
            } else if !scalar.properties.isAlphabetic, scalar.properties.generalCategory != .nonspacingMark,
                !scalar.isUnseen
            {
                words.append([])
            }
        }
        words.removeAll(where: \.isEmpty)
        let letters = words.joined()
        // What most letters are of is what the name is in.
        let counts = Dictionary(grouping: letters, by: \.alphabet).mapValues(\.count)
        guard counts.count > 1,
            let main = counts.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })?.key
        else { return nil }
        for word in words {
            let alphabets = Set(word.map(\.alphabet))
            let isMixed = alphabets.contains { left in alphabets.contains { !$0.mixes(with: left) } }
            // A word of one alphabet is a word of that language, unless all of it passes for Latin beside Latin words.
            let isHidden =
                !isMixed && counts[.latin] != nil && word[0].alphabet != .latin
                && word.allSatisfy { LatinTwins.twin(of: $0.scalar) != nil }
            guard isMixed || isHidden else { continue }
            let most = isHidden ? .latin : main
            let odd = word.filter { !$0.alphabet.mixes(with: most) }
            guard let example = odd.first(where: { LatinTwins.twin(of: $0.scalar) != nil }) ?? odd.first else {
                continue
            }
            return .mixedAlphabets(
                most.rawValue, example.alphabet.rawValue, example.scalar, looksLike: LatinTwins.twin(of: example.scalar)
            )
        }
        return nil
    }
}

/// Suspicions that one character, or one run of accents, is enough for.
private struct SingleScalars {
    private(set) var suspicions: [NameSuspicion] = []
    private var kinds = Set<Int>()
    private var previous: Unicode.Scalar?
    private var marks = 0

    /// The Thai, Hebrew and Vietnamese of dictionaries has three at most.
    private static let mostMarks = 3

    mutating func read(_ name: String) {
        for scalar in name.unicodeScalars {
            marks = scalar.properties.generalCategory == .nonspacingMark ? marks + 1 : 0
            if marks > Self.mostMarks {
                if let place = suspicions.firstIndex(where: { if case .piledMarks = $0 { true } else { false } }) {
                    if case .piledMarks(let most) = suspicions[place] {
                        suspicions[place] = .piledMarks(max(most, marks))
                    }
                } else {
                    suspicions.append(.piledMarks(marks))
                }
            }
            if !scalar.isASCII, let suspicion = suspicion(scalar), kinds.insert(suspicion.kind).inserted {
                suspicions.append(suspicion)
            }
            previous = scalar
        }
    }

    private func suspicion(_ scalar: Unicode.Scalar) -> NameSuspicion? {
        if scalar.properties.isBidiControl { return .turnsDirection(scalar) }
        if scalar.isUnseen { return isAtHome(scalar) ? nil : .unseen(scalar) }
        switch scalar.properties.generalCategory {
        // The ideographic space is the usual one between Japanese names.
        case .spaceSeparator: return scalar == "\u{3000}" ? nil : .oddSpace(scalar)
        case .privateUse, .unassigned, .surrogate: return .noCharacter(scalar)
        default: break
        }
        if let letter = LatinTwins.styled(scalar) { return .disguised(scalar, looksLike: letter) }
        if Alphabet(scalar) == .latin, let letter = LatinTwins.twin(of: scalar) {
            return .disguised(scalar, looksLike: letter)
        }
        return nil
    }

    /// Joiners belong into Persian and Indian words and between emoji, variation selectors behind a Han character.
    private func isAtHome(_ scalar: Unicode.Scalar) -> Bool {
        guard let previous, !previous.isASCII else { return false }
        switch scalar.value {
        case 0x200C, 0x200D:
            return Alphabet(previous) == .other || previous.properties.generalCategory == .nonspacingMark
                || previous.properties.isEmoji || previous == "\u{FE0F}"
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF:
            return Alphabet(previous) == .eastAsian || previous.properties.isEmoji
        default: return false
        }
    }
}

extension NameSuspicion {
    fileprivate var kind: Int {
        switch self {
        case .mixedAlphabets: 0
        case .disguised: 1
        case .unseen: 2
        case .turnsDirection: 3
        case .oddSpace: 4
        case .piledMarks: 5
        case .noCharacter: 6
        }
    }
}

extension Unicode.Scalar {
    /// Nothing shows where it stands.
    var isUnseen: Bool {
        properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format || self == "\u{2800}"
    }
}
