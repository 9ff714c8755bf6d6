extension NameSuspicion: CustomStringConvertible {
    /// A plain sentence without its beginning: what the name does.
    public var description: String {
        switch self {
        case .mixedAlphabets(let main, let other, let scalar, let twin?):
            "mixes \(main) and \(other) letters: '\(scalar)' (\(scalar.codePoint)) looks like '\(twin)'"
        case .mixedAlphabets(let main, let other, let scalar, nil):
            "mixes \(main) and \(other) letters: '\(scalar)' (\(scalar.codePoint)) is \(other)"
        case .disguised(let scalar, let twin):
            "has a letter of another kind: '\(scalar)' (\(scalar.codePoint)) looks like '\(twin)'"
        case .unseen(let scalar): "has a character that does not show (\(scalar.codePoint))"
        case .turnsDirection(let scalar): "has a character that turns the reading direction (\(scalar.codePoint))"
        case .oddSpace(let scalar): "has a space that is not the usual one (\(scalar.codePoint))"
        case .piledMarks(let count): "piles \(count) accents on one letter"
        case .noCharacter(let scalar): "has a code point that is no character (\(scalar.codePoint))"
        }
    }
}

extension Unicode.Scalar {
    /// `U+0430`
    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
