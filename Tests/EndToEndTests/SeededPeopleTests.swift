import LabSupport
import Testing

extension EndToEnd {
    /// The sixty people of `scripts/lab seed 60`, among whom is every awkward name and value.
    @Suite struct SeededPeople {
        /// All that the seed sets.
        static let attributes = [
            "givenName", "sn", "displayName", "mail", "department", "title", "company", "telephoneNumber", "mobile",
            "physicalDeliveryOfficeName", "l", "employeeID", "description", "info", "otherTelephone", "otherMobile",
            "url", "thumbnailPhoto", "jpegPhoto",
        ]
        /// Two hold names of local users of the target, two want the same cn.
        static let inConflict: Set = ["pnovak", "mweber", "tschmidt", "tschmidt2"]

        @Test("Everybody crosses unharmed, octet for octet; nobody is mistaken for another")
        func unharmed() async throws {
            var stage = try await Stage([])
            stage.export["user_path"] = .text(stage.source.userPath)
            stage.export["attributes"] = .array(Self.attributes.map(JSON.text))
            let people = try await stage.source.search(
                stage.source.userPath, "(&(objectCategory=person)(objectClass=user))")
            #expect(people.count == 60, "scripts/lab seed 60")

            let run = try await stage.carryAcross()
            let arrived = Dictionary(
                grouping: try await stage.managedUsers(), by: { $0.first("adminDescription")?.suffix(36) ?? "" })
            for person in people where person.isActive && !Self.inConflict.contains(person.accountName) {
                let copies = arrived[Substring(try #require(person.guid()))] ?? []
                #expect(copies.count == 1, "\(person.dn)")
                guard let copy = copies.first else { continue }
                for attribute in ["cn", "sAMAccountName"] + Self.attributes {
                    #expect(
                        Set(copy.octets(attribute)) == Set(person.octets(attribute)), "\(attribute) of \(person.dn)")
                }
                #expect(copy.first("userPrincipalName") == "\(person.accountName)@target.test")
            }
            let expected = people.count { $0.isActive && !Self.inConflict.contains($0.accountName) }
            #expect(arrived.count == expected)
            let questions = try run.pending("name").compactMap { $0["sAMAccountName"].string }
            #expect(Set(questions) == Self.inConflict)
            #expect(try run.summary["created"].strings.count == expected)

            // And nothing is to be done the second time, for any of these names.
            try await stage.writesNothing {
                let again = try await stage.import().ended(with: 0)
                #expect(try again.summary["updated"] == [])
            }
        }

        @Test(
            "Awkward names are there, and are two where they look like one",
            arguments: [
                "Smith, John", "Conan O'Brien", "#1 Dispatcher", "Max Power+Light", "Anna \"Anni\" Berger",
                "A* Pathfinder", "Back\\Slash", "Zoë 🚀 Star", "Role; Deputy=Kim", "Kim <Lee> & Söhne", "=SUM(1+1)",
                "$(reboot) `id`", "AC/DC Technician", "J\u{FC}rgen K\u{F6}hler", "Ju\u{308}rgen Ko\u{308}hler",
                "山田 太郎", "ليلى حداد", "Nguyễn Thị Hương",
            ])
        func awkwardName(_ name: String) async throws {
            let stage = try await Stage([
                Crew(cn: name, account: "e2e-awkward", groups: ["Operators"], attributes: ["displayName": name])
            ])
            try await stage.carryAcross()
            let user = try await stage.managed("e2e-awkward")
            #expect(user.octets("cn") == [Array(name.utf8)])
            #expect(user.octets("displayName") == [Array(name.utf8)])
            try await stage.writesNothing { try await stage.carryAcross() }
        }
    }
}

extension LDIFEntry {
    fileprivate var accountName: String { first("sAMAccountName") ?? "" }
    fileprivate var isActive: Bool { (first("userAccountControl").flatMap { Int($0) } ?? 2) & 2 == 0 }
}
