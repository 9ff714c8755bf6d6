/// Latin letters in ASCII, as passports have them (ICAO Doc 9303-3, section 6 A): `ä` is `ae`, `ß` is `ss`, `ø` is `oe`,
/// `å` is `aa`, `þ` is `th`; every other letter loses its marks: `é` is `e`, `ł` is `l`, `ç` is `c`.
///
/// Other alphabets have no such table here. What has no form in ASCII is told, not left out: two people might become one.
enum Transliteration {
    /// - Throws: ``TemplateFault`` that names the first character without a form in ASCII.
    static func ascii(_ text: String) throws(TemplateFault) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else if scalar.properties.generalCategory == .nonspacingMark {
                // A letter and its mark as two characters mean what they mean as one.
                result += combined(scalar, with: result.unicodeScalars.last)
            } else if let form = form(of: scalar) {
                result += form
            } else {
                throw TemplateFault(
                    reason: "\"\(scalar)\" (U+\(String(scalar.value, radix: 16, uppercase: true))) has no form in ASCII"
                )
            }
        }
        return result
    }

    /// What a mark adds to the letter before it.
    private static func combined(_ mark: Unicode.Scalar, with letter: Unicode.Scalar?) -> String {
        switch (mark, letter) {
        case ("\u{308}", "a"), ("\u{308}", "o"), ("\u{308}", "u"): "e"
        case ("\u{308}", "A"), ("\u{308}", "O"), ("\u{308}", "U"): "E"
        case ("\u{30A}", "a"): "a"
        case ("\u{30A}", "A"): "A"
        default: ""
        }
    }

    private static func form(of scalar: Unicode.Scalar) -> String? {
        if let special = special[scalar] { return special }
        // `LATIN SMALL LETTER E WITH CIRCUMFLEX AND ACUTE`: the Unicode name tells the letter, whatever its marks.
        guard let name = scalar.properties.name else { return nil }
        for (beginning, isSmall) in [("LATIN SMALL LETTER ", true), ("LATIN CAPITAL LETTER ", false)] {
            guard name.hasPrefix(beginning) else { continue }
            let letters = name.dropFirst(beginning.count).prefix { $0 != " " }
            guard letters.count <= 2 else { return nil }
            return isSmall ? letters.lowercased() : String(letters)
        }
        return nil
    }

    private static let special: [Unicode.Scalar: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "ss", "ẞ": "SS", "å": "aa", "Å": "AA",
        "ø": "oe", "Ø": "OE", "þ": "th", "Þ": "TH", "ð": "d", "Ð": "D", "ı": "i", "ŋ": "n", "Ŋ": "N", "ĸ": "q",
        // Ligatures to Unicode, letters to whoever is called by them.
        "œ": "oe", "Œ": "OE", "ĳ": "ij", "Ĳ": "IJ",
        "\u{A0}": " ", "\u{2018}": "'", "\u{2019}": "'", "\u{2010}": "-", "\u{2011}": "-", "\u{2013}": "-",
    ]
}
