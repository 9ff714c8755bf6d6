/// The writing systems that are told apart: those with letters that pass for another's, and those written together.
///
/// By blocks, not by the Script property, which Swift does not have: what a block leaves unassigned is no letter anyway.
enum Alphabet: String {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case armenian = "Armenian"
    case georgian = "Georgian"
    case cherokee = "Cherokee"
    case lisu = "Lisu"
    case coptic = "Coptic"
    /// Han, kana, bopomofo and Hangul, which stand in one word with each other and with Latin letters.
    case eastAsian = "East Asian"
    /// Has letters, none of which looks like a Latin one.
    case other = "other"

    /// Nil for what is no letter, or one of all alphabets.
    init?(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            guard scalar.properties.isAlphabetic else { return nil }
            self = .latin
            return
        }
        guard scalar.properties.isAlphabetic else { return nil }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .modifierLetter, .otherNumber, .letterNumber, .otherSymbol:
            return nil
        default: break
        }
        self = Self.blocks.first { $0.scalars.contains(scalar.value) }?.alphabet ?? .other
    }

    private static let blocks: [(scalars: ClosedRange<UInt32>, alphabet: Alphabet)] = [
        (0x00AA...0x02AF, .latin), (0x1D00...0x1D25, .latin), (0x1D6B...0x1D77, .latin), (0x1D79...0x1D9A, .latin),
        (0x1E00...0x1EFF, .latin), (0x2C60...0x2C7F, .latin), (0xA722...0xA7FF, .latin), (0xAB30...0xAB64, .latin),
        (0xFB00...0xFB06, .latin), (0xFF21...0xFF5A, .latin),
        (0x0370...0x03E1, .greek), (0x03F0...0x03FF, .greek), (0x1F00...0x1FFF, .greek), (0x1D26...0x1D2A, .greek),
        (0x03E2...0x03EF, .coptic), (0x2C80...0x2CFF, .coptic),
        (0x0400...0x052F, .cyrillic), (0x1C80...0x1C8F, .cyrillic), (0x2DE0...0x2DFF, .cyrillic),
        (0xA640...0xA69F, .cyrillic), (0x1D2B...0x1D2B, .cyrillic),
        (0x0531...0x058F, .armenian), (0xFB13...0xFB17, .armenian),
        (0x10A0...0x10FF, .georgian), (0x1C90...0x1CBF, .georgian), (0x2D00...0x2D2F, .georgian),
        (0x13A0...0x13FF, .cherokee), (0xAB70...0xABBF, .cherokee), (0xA4D0...0xA4FF, .lisu),
        (0x1100...0x11FF, .eastAsian), (0x2E80...0xA4CF, .eastAsian), (0xA960...0xA97F, .eastAsian),
        (0xAC00...0xD7FF, .eastAsian), (0xF900...0xFAFF, .eastAsian), (0xFF66...0xFFDC, .eastAsian),
        (0x1B000...0x1B16F, .eastAsian), (0x20000...0x3FFFF, .eastAsian),
    ]

    /// Whether a word may hold letters of both.
    func mixes(with other: Alphabet) -> Bool {
        switch (self, other) {
        case let (left, right) where left == right: true
        case (.latin, .eastAsian), (.eastAsian, .latin), (.other, _), (_, .other): true
        default: false
        }
    }
}
