import DistinguishedNames
import Testing

@Suite("Distinguished names")
struct DistinguishedNameTests {
    @Test(
        "Every spelling of a value means the same value",
        arguments: [
            ("CN=Jane Doe", "Jane Doe"),
            ("cn=Jane Doe", "Jane Doe"),
            (" CN = Jane Doe ", "Jane Doe"),
            (#"CN=Smith\, John"#, "Smith, John"),
            (#"CN=Smith\2C John"#, "Smith, John"),
            (#"CN=Smith\2c John"#, "Smith, John"),
            (#"CN="Smith, John""#, "Smith, John"),
            (#"CN="a \"quoted\" name""#, #"a "quoted" name"#),
            (#"CN=J\C3\BCrgen"#, "Jürgen"),
            ("CN=Jürgen", "Jürgen"),
            (#"CN=a\3Bb\3Dc\0Ad\00e"#, "a;b=c\nd\u{0}e"),
            (##"CN=x\#y"##, "x#y"),
            (#"CN=x#y"#, "x#y"),
            (##"CN=\#1"##, "#1"),
            (#"CN=\ both ends\ "#, " both ends "),
            (#"CN=back\\slash"#, #"back\slash"#),
            (#"CN=\<a\>\+\""#, #"<a>+""#),
            ("CN=a=b", "a=b"),
            ("CN=👩‍🔧 O'Brien A*", "👩‍🔧 O'Brien A*"),
        ])
    func parsesValue(text: String, value: String) throws {
        let name = try DistinguishedName(parsing: text)
        #expect(name.components.count == 1)
        let leaf = try #require(name.leaf)
        #expect(leaf.value.isIdenticalText(to: value))
    }

    @Test(
        "What is printed is escaped and parses to the same value",
        arguments: [
            ("Jane Doe", "CN=Jane Doe"),
            ("Smith, John", #"CN=Smith\, John"#),
            ("#1", ##"CN=\#1"##),
            ("x#y", "CN=x#y"),
            (" both ends ", #"CN=\ both ends\ "#),
            (" ", #"CN=\ "#),
            (#"a"b+c;d<e>f\g=h"#, #"CN=a\"b\+c\;d\<e\>f\\g\=h"#),
            ("line\nbreak\u{0}", #"CN=line\0Abreak\00"#),
            ("Jürgen", "CN=Jürgen"),
            ("Ju\u{308}rgen", "CN=Ju\u{308}rgen"),
        ])
    func escapes(value: String, text: String) throws {
        let name = DistinguishedName([.commonName(value)])
        #expect(name.description.isIdenticalText(to: text))
        let leaf = try #require(try DistinguishedName(parsing: name.description).leaf)
        #expect(leaf.value.isIdenticalText(to: value))
    }

    @Test(
        "What is no name is refused with its reason",
        arguments: [
            ("Operators", DistinguishedNameError.Reason.missingEquals),
            ("CN=a,Operators", .missingEquals),
            ("CN=a,", .missingEquals),
            ("=a", .emptyAttribute),
            ("CN=", .emptyValue),
            ("CN=a,OU=,DC=b", .emptyValue),
            (#"CN=a\"#, .danglingEscape),
            (#"CN="a"#, .unterminatedQuote),
            (#"CN="a"b"#, .textAfterQuote),
            (#"CN=\C3"#, .invalidUTF8),
            ("CN=a;OU=b", .unescapedSpecial),
            ("CN=a<b", .unescapedSpecial),
            ("CN=a+SN=b", .multiValued),
            ("CN=#04024869", .binaryValue),
            ("C;N=a", .invalidAttribute),
            ("CN\u{0}=a", .invalidAttribute),
            (#"C\,N=a"#, .missingEquals),
        ])
    func refuses(text: String, reason: DistinguishedNameError.Reason) {
        let error = #expect(throws: DistinguishedNameError.self) { try DistinguishedName(parsing: text) }
        #expect(error?.reason == reason)
    }

    @Test(
        "Names are the same as the directory takes them for the same",
        arguments: [
            ("CN=Operators,OU=Groups", "cn=OPERATORS,ou=groups"),
            (#"CN=Smith\, John"#, #"CN="Smith, John""#),
            ("CN=MÜLLER", "CN=müller"),
            ("CN=a,OU=b", "CN=a, OU=b"),
            (#"CN=\ a"#, "CN=a"),
            ("CN=Jane  Doe", "CN=Jane Doe"),
        ])
    func equal(left: String, right: String) throws {
        let left = try DistinguishedName(parsing: left)
        let right = try DistinguishedName(parsing: right)
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
    }

    @Test(
        "Names differ where the directory keeps both",
        arguments: [
            ("CN=straße", "CN=strasse"),
            ("CN=Ju\u{308}rgen", "CN=Jürgen"),
            ("CN=muller1", "CN=müller1"),
            ("CN=a,OU=b", #"CN=a\,OU\=b"#),
            ("CN=a", "OU=a"),
            ("CN=a,OU=b", "CN=a"),
        ])
    func different(left: String, right: String) throws {
        #expect(try DistinguishedName(parsing: left) != DistinguishedName(parsing: right))
    }

    @Test func relativeNamesAndTheirBaseAreInverse() throws {
        let base = try DistinguishedName(parsing: "OU=Groups,DC=target,DC=test")
        let relative = try DistinguishedName(parsing: "CN=Operators,OU=Plant")
        let absolute = relative.under(base)
        #expect(absolute.description == "CN=Operators,OU=Plant,OU=Groups,DC=target,DC=test")
        #expect(absolute.relative(to: base) == relative)
        #expect(absolute.isDescendant(of: base))
        #expect(!base.isDescendant(of: base))
        #expect(base.relative(to: absolute) == nil)
        #expect(absolute.parent == (try DistinguishedName(parsing: "OU=Plant")).under(base))
        #expect(base.dnsDomain == "target.test")
        #expect(relative.dnsDomain == nil)
    }

    @Test func suffixOfAValueIsNoBase() throws {
        let name = try DistinguishedName(parsing: #"CN=x\,OU\=Groups"#)
        #expect(try !name.isDescendant(of: DistinguishedName(parsing: "OU=Groups")))
    }

    @Test func orderIsTotalAndIgnoresCase() throws {
        let names = try ["CN=b", "CN=C", "CN=a"].map { try DistinguishedName(parsing: $0) }
        #expect(names.sorted().map(\.description) == ["CN=a", "CN=b", "CN=C"])
    }
}
