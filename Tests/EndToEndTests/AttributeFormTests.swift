import LabSupport
import Testing

extension EndToEnd {
    /// Attributes that are no single line of text, from one domain to the other and back to the same octets.
    @Suite struct AttributeForms {
        private static let attributes = ["thumbnailPhoto", "jpegPhoto", "otherTelephone", "description", "url", "info"]

        /// As large as a photo may be (rangeUpper 102,400), of all octets.
        private static let photo =
            [0xFF, 0xD8, 0xFF, 0xE0] + (0..<99_996).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

        private func stage() async throws -> Stage {
            var stage = try await Stage([.jane, .wei])
            stage.export["attributes"] = .array(Self.attributes.map { .text($0) })
            return stage
        }

        private func set(_ stage: Stage, _ attribute: String, _ values: [[UInt8]]) async throws {
            try await stage.source.apply(
                .modify(Crew.jane.dn(below: stage.sourcePath), .replace, attribute, values))
        }

        private func octets(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

        /// Whether both sides have the same values of everything, whatever their order.
        private func expectSame(_ stage: Stage, sourceLocation: SourceLocation = #_sourceLocation) async throws {
            let source = try #require(try await stage.source.entry(Crew.jane.dn(below: stage.sourcePath)))
            let target = try await stage.managed("e2e-jdoe")
            for attribute in Self.attributes {
                #expect(
                    Set(target.octets(attribute)) == Set(source.octets(attribute)), "\(attribute)",
                    sourceLocation: sourceLocation)
                #expect(
                    target.octets(attribute).count == source.octets(attribute).count, sourceLocation: sourceLocation)
            }
        }

        @Test("Photos, several values, umlauts, line breaks arrive; the next import writes nothing; changes follow")
        func thereAndBack() async throws {
            let stage = try await stage()
            try await set(stage, "thumbnailPhoto", [Self.photo])
            try await set(stage, "jpegPhoto", [[0xFF, 0xD8, 0, 1], Array(Self.photo.prefix(50_000))])
            // One in NFC, one in NFD: two values.
            try await set(stage, "otherTelephone", octets("+49 40 100", "Pförtner", "Pfo\u{308}rtner", "内線 5"))
            try await set(stage, "description", octets("Schichtführerin \"Süd\" \\ <b> 👩‍🔧"))
            try await set(stage, "url", octets("https://source.test/ü?a=1&b=2", "https://source.test/"))
            try await set(stage, "info", octets("first line\r\nsecond line\ttab"))
            try await stage.carryAcross()
            try await expectSame(stage)
            let record = try JSON(parsing: stage.folder.read("users.json"))["users"].elements
                .first { $0["sAMAccountName"] == "e2e-jdoe" }
            #expect(record?["thumbnailPhoto"]["base64"].string?.count == 133_336)
            #expect(record?["otherTelephone"].elements.count == 4)
            try await stage.writesNothing { try await stage.carryAcross() }

            try await set(stage, "thumbnailPhoto", [Array(Self.photo.reversed())])
            try await set(stage, "jpegPhoto", [])
            try await set(stage, "otherTelephone", octets("Pfo\u{308}rtner"))
            try await set(
                stage, "url", octets("https://source.test/", "https://source.test/new", "https://source.test/3"))
            try await stage.carryAcross()
            try await expectSame(stage)
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("A photo whose octets happen to be text is still the same octets")
        func textualPhoto() async throws {
            let stage = try await stage()
            try await set(stage, "thumbnailPhoto", [Array("GIF89a\u{0}\u{1}\u{7F}\r\n\"\\".utf8)])
            try await stage.carryAcross()
            try await expectSame(stage)
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("More values than a server sends at once: all of them arrive")
        func manyValues() async throws {
            let stage = try await stage()
            try await set(stage, "otherTelephone", (1...1600).map { Array("+49 40 \($0)".utf8) })
            try await stage.carryAcross()
            try await expectSame(stage)
        }
    }
}
