import DistinguishedNames
import Testing

@Suite("A filter of names")
struct NameFilterTests {
    @Test(
        "A name whose key is among them may be among them, however it is written",
        arguments: [
            ("jdoe", "JDOE"), ("Jane Doe", "  jane   DOE "), ("k", "\u{212A}"), ("müller", "MÜLLER"), ("", "  "),
            ("o'brien", "O'Brien"), ("ΑΒΓ", "αβγ"),
        ])
    func members(key: String, name: String) {
        #expect(NameKey(key) == NameKey(name))
        for others in [[], ["somebody", "else"], (0..<500).map { "user\($0)" }] {
            let filter = NameFilter(Set((others + [key]).map(NameKey.init)))
            #expect(filter.mayContain(name))
        }
    }

    @Test("A name that is not among them is seldom taken for one", arguments: [1, 2, 100, 1000])
    func others(count: Int) {
        let filter = NameFilter((0..<count).map { NameKey("member\($0)") })
        let mistaken = (0..<10_000).count { filter.mayContain("other\($0)") }
        #expect(mistaken < 500)
    }

    @Test("Nobody is among none")
    func none() { #expect(!NameFilter([NameKey]()).mayContain("jdoe")) }
}
