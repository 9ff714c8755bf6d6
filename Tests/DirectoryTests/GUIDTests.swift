import Directory
import Testing

@Suite("GUIDs and anchors")
struct GUIDTests {
    /// The example of [MS-DTYP] 2.3.4.3's text form, with the bytes a directory stores for it.
    private let text = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    private let directoryBytes: [UInt8] = [
        0xFF, 0x19, 0x96, 0x6F, 0x86, 0x8B, 0x11, 0xD0, 0xB4, 0x2D, 0x00, 0xC0, 0x4F, 0xC9, 0x64, 0xFF,
    ]

    @Test func firstThreeFieldsAreLittleEndianInTheDirectory() throws {
        #expect(try #require(GUID(directoryBytes: directoryBytes)).description == text)
        #expect(try #require(GUID(text)).directoryBytes == directoryBytes)
    }

    @Test(
        "Text in any case, with or without braces",
        arguments: [
            "6F9619FF-8B86-D011-B42D-00C04FC964FF", "{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
        ])
    func reads(text: String) { #expect(GUID(text) == GUID(self.text)) }

    @Test func leadingZerosArePrinted() throws {
        let text = "00000000-0000-0001-0000-000000000002"
        #expect(try #require(GUID(text)).description == text)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "{}", "6f9619ff8b86d011b42d00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964f",
            "6f9619ff-8b86-d011-b42d-00c04fc964ff0", "6f9619ff-8b86-d011-b42d-00c04fc964fg",
            "{6f9619ff-8b86-d011-b42d-00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964f\u{FF11}",
        ])
    func refuses(text: String) { #expect(GUID(text) == nil) }

    @Test(arguments: [0, 15, 17])
    func refusesOtherThanSixteenBytes(count: Int) {
        #expect(GUID(directoryBytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func anchorsAreReadAsTheyAreWritten() throws {
        let domain = try #require(GUID("00000000-0000-0000-0000-000000000005"))
        let anchor = Anchor(domain: domain, user: try #require(GUID(text)))
        #expect(anchor.description == "ad-user-sync:00000000-0000-0000-0000-000000000005:\(text)")
        #expect(Anchor(stamp: anchor.description) == anchor)
        #expect(AnchorStamp(attributeValue: anchor.description) == .anchor(anchor))
    }

    @Test(
        "Other texts are somebody else's",
        arguments: [
            "", "Reception", "ad-user-sync:", "ad-user-sync:x:y",
            "other:6f9619ff-8b86-d011-b42d-00c04fc964ff:6f9619ff-8b86-d011-b42d-00c04fc964ff",
            "ad-user-sync:6f9619ff-8b86-d011-b42d-00c04fc964ff:6f9619ff-8b86-d011-b42d-00c04fc964ff:",
        ])
    func foreignStamps(text: String) {
        #expect(AnchorStamp(attributeValue: text) == .foreign(text))
        #expect(AnchorStamp(attributeValue: text).anchor == nil)
    }

    @Test func anAbsentStampIsNone() { #expect(AnchorStamp(attributeValue: nil) == AnchorStamp.none) }
}
