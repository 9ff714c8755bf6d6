import DistinguishedNames
import Testing

@Suite("Names as the directory compares them")
struct NameKeyTests {
    @Test(
        "The same name",
        arguments: [
            ("JDOE", "jdoe"),
            ("MÜLLER", "müller"),
            (" a", "a "),
            ("Jane   Doe", "jane doe"),
            ("ΑΒΓ", "αβγ"),
            ("Владимир", "ВЛАДИМИР"),
        ])
    func same(left: String, right: String) {
        #expect(NameKey(left) == NameKey(right))
        #expect(NameKey(left).hashValue == NameKey(right).hashValue)
        #expect(!(NameKey(left) < NameKey(right)) && !(NameKey(right) < NameKey(left)))
    }

    @Test(
        "Different names",
        arguments: [
            ("straße", "strasse"),
            ("Jürgen", "Ju\u{308}rgen"),
            ("muller1", "müller1"),
            ("jdoe", "j doe"),
            ("K", "\u{212A}x"),
            ("İ", "i"),
            ("a\tb", "a b"),
        ])
    func different(left: String, right: String) {
        #expect(NameKey(left) != NameKey(right))
        #expect((NameKey(left) < NameKey(right)) != (NameKey(right) < NameKey(left)))
    }

    @Test(arguments: ["", " ", "   "])
    func emptyNames(name: String) { #expect(NameKey(name).isEmpty) }

    @Test func prefixIgnoresCase() {
        #expect(NameKey("EXT-Jane").hasPrefix(NameKey("ext-")))
        #expect(!NameKey("Jane").hasPrefix(NameKey("ext-")))
    }

    @Test func exactTextTellsFormsApartThatStringsTakeForEqual() {
        let composed = "é"
        let decomposed = "e\u{301}"
        #expect(composed == decomposed)
        #expect(!composed.isIdenticalText(to: decomposed))
        #expect(decomposed.precedesBytewise(composed) && !composed.precedesBytewise(decomposed))
    }
}
