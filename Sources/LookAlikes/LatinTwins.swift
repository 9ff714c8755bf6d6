/// Letters that look like a Latin one in the usual typefaces.
///
/// In the spirit of the confusables of Unicode Technical Standard #39 §4, and a small part of them: the alphabets that a
/// keyboard of Europe has, and what stands for letters in mathematics and in East Asian typography.
enum LatinTwins {
    /// What the scalar passes for; nil for most.
    static func twin(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.isASCII { return nil }
        if let twin = letters[scalar] { return twin }
        return styled(scalar)
    }

    /// Full-width, mathematical and enclosed letters and digits: the same letter in another dress.
    static func styled(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        switch value {
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: return ascii(value - 0xFEE0)
        // Thirteen alphabets of 52 letters, the gaps in which stand elsewhere, then five rows of digits.
        case 0x1D400...0x1D6A3:
            let place = (value - 0x1D400) % 52
            return place < 26 ? ascii(0x41 + place) : ascii(0x61 + place - 26)
        case 0x1D7CE...0x1D7FF: return ascii(0x30 + (value - 0x1D7CE) % 10)
        case 0x24B6...0x24CF: return ascii(0x41 + value - 0x24B6)
        case 0x24D0...0x24E9: return ascii(0x61 + value - 0x24D0)
        case 0x1F130...0x1F149: return ascii(0x41 + value - 0x1F130)
        case 0x1F150...0x1F169: return ascii(0x41 + value - 0x1F150)
        case 0x1F170...0x1F189: return ascii(0x41 + value - 0x1F170)
        default: return letterlike[scalar]
        }
    }

    private static func ascii(_ value: UInt32) -> Unicode.Scalar? { Unicode.Scalar(value) }

    private static let letterlike: [Unicode.Scalar: Unicode.Scalar] = table(
        "ℂCℊgℋHℌHℍHℎhℐIℑIℒLℓlℕNℙPℚQℛRℜRℝRℤZℨZ\u{212A}K\u{212B}ÅℬBℭCℯeℰEℱFℳMℴoℹiⅭCⅮDⅬLⅯMⅠIⅤVⅩXⅰiⅴvⅹxⅼlⅽcⅾdⅿm")

    /// Each letter, followed by the one it looks like.
    private static let letters: [Unicode.Scalar: Unicode.Scalar] = table(
        // Cyrillic
        "АAВBЕEЅSІIЇIЈJКKМMНHОOРPСCТTУYХXҮYҺHӀlԌGԚQԜWЗ3аaеeѕsіiїiјjоoрpсcуyхxһhӏlԁdԛqԝwүyѵvѴVѡwгrкkпnтtмmвbнh"
            // Greek
            + "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCϜFαaβßγyεeηnιiκkνvοoρpσoτtυuχxωwϲcϳjϱp"
            // Armenian, Coptic, Cherokee, Georgian, Lisu
            + "ՍUՏSՕOհhոnսuցgօoզqԼLⲞOⲟoⲤCⲥcⲢPⲣpⲘMⲦTⲬXⲔKⲎHⲈEⲂBⲀAᎪAᏴBᏟCᎠDᎬEᏀGᎻHᏆIᎫJᏦKᏞLᎷMᏢPᏚSᎢTᏙVᎳWᏃZ"
            + "ოmꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU"
            // Latin letters of phonetics, which no name has
            + "ɑaɡgɩiʀRʏYʙBɢGʜHʟLɴNᴀAᴄcᴅDᴇEᴊJᴋKᴍMᴏoᴘPᴛTᴜuᴠvᴡwᴢzꜱsꜰF")

    private static func table(_ pairs: String) -> [Unicode.Scalar: Unicode.Scalar] {
        let scalars = Array(pairs.unicodeScalars)
        return Dictionary(
            stride(from: 0, to: scalars.count - 1, by: 2).map { (scalars[$0], scalars[$0 + 1]) },
            uniquingKeysWith: { first, _ in first })
    }
}
