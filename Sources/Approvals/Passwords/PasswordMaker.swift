public import Directory
import Glibc

/// Makes first passwords that can be read out over the telephone.
public struct PasswordMaker: Sendable {
    public enum Scheme: Sendable {
        /// `Bakotu-mizeva-hoduni-47`: see ``PronounceablePassword``.
        case pronounceable
        /// `Correct-horse-battery-staple`.
        case words(PasswordWordList, count: Int)
    }

    public let scheme: Scheme
    /// Put behind every password; it counts as known and adds nothing to ``entropyBits``.
    public let suffix: Secret?

    /// A password is made anew as long as the user's rules refuse it, at most this often.
    static let tries = 200

    public init(_ scheme: Scheme, suffix: Secret? = nil) {
        self.scheme = scheme
        self.suffix = suffix
    }

    /// The entropy of one password before rules, in bits: the logarithm of the number of equally likely ones. Passwords
    /// that rules refuse take away next to nothing, and never more than log2(``tries``), 7.6 bits, before
    /// ``make(for:using:)`` gives up. Below 40 a caller should warn.
    public var entropyBits: Double {
        switch scheme {
        case .pronounceable: PronounceablePassword().entropyBits
        case .words(let list, let count): Double(count) * log2(Double(list.count))
        }
    }

    /// A password that the rules accept.
    ///
    /// - Parameter generator: `SystemRandomNumberGenerator`, save in tests.
    /// - Throws: ``PasswordMakerError`` when no try is accepted.
    public func make(
        for rules: PasswordRules, using generator: inout some RandomNumberGenerator
    ) throws(PasswordMakerError) -> Secret {
        var faults: [PasswordFault] = []
        for _ in 0..<Self.tries {
            let password = onePassword(for: rules, using: &generator)
            faults = rules.faults(of: password)
            if faults.isEmpty { return password }
        }
        throw PasswordMakerError(faults, made: self, for: rules)
    }

    private func onePassword(
        for rules: PasswordRules, using generator: inout some RandomNumberGenerator
    ) -> Secret {
        let suffix = suffix?.reveal() ?? ""
        switch scheme {
        case .pronounceable:
            let shape = PronounceablePassword(atLeast: rules.minimumLength - suffix.utf16.count)
            return Secret(shape.make(using: &generator) + suffix)
        case .words(let list, let count):
            let words = (0..<count).compactMap { _ in list.words.randomElement(using: &generator) }
            return Secret(words.joined(separator: "-").capitalisedFirst + suffix)
        }
    }
}

/// Groups of three syllables of a consonant and a vowel each, joined by hyphens, then two digits:
/// `Bakotu-mizeva-hoduni-47`.
///
/// No two characters of it are taken for each other: there is no l, I, 1, 0 or O, no q, c, x or y that sound like others,
/// no digit that looks like a letter (2 and Z, 5 and S, 6 and b, 8 and B); and since consonants and vowels alternate, no
/// `rn` that looks like m.
///
/// Entropy: a syllable is one of 16 × 5 = 80, a digit one of 4. Three groups have 9 syllables: 9 × log2(80) + 2 × log2(4)
/// = 60.9 bits; each further group adds 19.0. The capital, the hyphens and the number of groups are known and add none.
struct PronounceablePassword {
    static let consonants = Array("bdfghjkmnprstvwz")
    static let vowels = Array("aeiou")
    static let digits = Array("3479")
    static let syllablesInGroup = 3
    static let digitCount = 2
    private static let fewestGroups = 3

    let groups: Int

    /// - Parameter length: the fewest characters it may have, as far as Active Directory takes that many.
    init(atLeast length: Int = 0) {
        let group = Self.syllablesInGroup * 2 + 1
        let wanted = (min(length, PasswordRules.maximumLength) - Self.digitCount + group - 1) / group
        groups = max(wanted, Self.fewestGroups)
    }

    var entropyBits: Double {
        let syllable = log2(Double(Self.consonants.count * Self.vowels.count))
        return Double(groups * Self.syllablesInGroup) * syllable
            + Double(Self.digitCount) * log2(Double(Self.digits.count))
    }

    func make(using generator: inout some RandomNumberGenerator) -> String {
        var text = ""
        for _ in 0..<groups {
            for _ in 0..<Self.syllablesInGroup {
                text.append(Self.consonants[Int.random(in: Self.consonants.indices, using: &generator)])
                text.append(Self.vowels[Int.random(in: Self.vowels.indices, using: &generator)])
            }
            text.append("-")
        }
        for _ in 0..<Self.digitCount {
            text.append(Self.digits[Int.random(in: Self.digits.indices, using: &generator)])
        }
        return text.capitalisedFirst
    }
}

extension String {
    /// Only the first letter is changed: `düsen-Jet` becomes `Düsen-Jet`.
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
