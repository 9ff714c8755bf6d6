import DistinguishedNames
import Testing

@Suite("Names of many objects")
struct DistinguishedNameReaderTests {
    private static let texts = [
        "CN=Jane Doe,OU=People,DC=source,DC=test", "CN=John Doe,OU=People,DC=source,DC=test",
        "cn=jane doe,ou=PEOPLE,dc=source,dc=test", #"CN=Smith\, John,OU=Pumps\, Valves,DC=source,DC=test"#,
        #"CN=back\\,OU=People,DC=source,DC=test"#, #"CN="Smith, John",OU=People,DC=source,DC=test"#,
        "CN=Ju\u{308}rgen,OU=Köln,DC=source,DC=test", "CN=Jürgen,OU=Ko\u{308}ln,DC=source,DC=test", "DC=test", "",
        " CN = x , OU = y ",
    ]

    @Test("Each is read as if it were the only one, whatever was read before", arguments: texts)
    func sameAsParsed(text: String) throws {
        var reader = DistinguishedNameReader()
        for other in Self.texts { _ = try reader.read(other) }
        let name = try reader.read(text)
        let parsed = try DistinguishedName(parsing: text)
        #expect(name == parsed)
        #expect(name.description.utf8.elementsEqual(parsed.description.utf8))
        #expect(name.components.count == parsed.components.count)
        #expect(name.parent == parsed.parent)
    }

    @Test(
        "What is no name is refused for the same reason",
        arguments: ["CN=x,", "CN=x,,OU=y", ",CN=x", "x", "CN=x,y", "CN=x\\"])
    func refusal(text: String) {
        var reader = DistinguishedNameReader()
        let reason = { (read: () throws -> DistinguishedName) in
            do {
                _ = try read()
                return DistinguishedNameError.Reason?.none
            } catch { return (error as? DistinguishedNameError)?.reason }
        }
        let expected = reason { try DistinguishedName(parsing: text) }
        #expect(expected != nil)
        #expect(reason { try reader.read(text) } == expected)
    }

    @Test("A name of very many levels is refused, not followed")
    func levels() throws {
        let deep = [String](repeating: "OU=x", count: 1000)
        #expect(try DistinguishedName(parsing: deep.joined(separator: ",")).components.count == 1000)
        #expect { try DistinguishedName(parsing: (deep + ["OU=x"]).joined(separator: ",")) } throws: {
            ($0 as? DistinguishedNameError)?.reason == .tooManyLevels
        }
    }
}
