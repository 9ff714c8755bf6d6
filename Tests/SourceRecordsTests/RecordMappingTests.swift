import Directory
import DistinguishedNames
import SourceRecords
import SyncTestSupport
import Testing

@Suite("What becomes of the records")
struct RecordMappingTests {
    private static let people = [
        record(
            1, "Jane Doe", "jdoe",
            ["department": "Operations", "employeeID": "1", "userPrincipalName": "jane@office.test"]),
        record(
            2, "John Roe", "jroe",
            ["department": "Safety", "employeeID": "2", "userPrincipalName": "john@lab.office.test"]),
        record(3, "Ann Poe", "apoe", ["department": nil, "employeeID": "3", "userPrincipalName": nil]),
    ]

    private func mapped(_ mapping: RecordMapping, _ users: [SourceUser] = people) throws -> SourcePopulation {
        try mapping.apply(
            to: SourcePopulation(timestamp: nil, domain: nil, users: users.enumerated().map { $1.at($0 + 1) }))
    }

    private func mapped(_ rules: [(target: AttributeName, rule: AttributeMap.Rule)]) throws -> SourcePopulation {
        try mapped(RecordMapping(attributes: AttributeMap(rules: rules)))
    }

    private static func template(_ text: String) throws -> AttributeMap.Rule { .template(try Template(parsing: text)) }

    @Test("Without rules, the file arrives as it is")
    func nothing() throws {
        let population = try mapped(RecordMapping())
        #expect(population.users == Self.people.enumerated().map { $1.at($0 + 1) })
        #expect(population.units.isEmpty && population.faults.isEmpty)
    }

    @Test("A renamed attribute is not written under its old name; nothing, one value and several arrive as they are")
    func rename() throws {
        let row = try mapped([("employeeNumber", .renamed(from: "employeeID"))]).users[0].attributes
        #expect(row["employeeNumber"] == "1")
        #expect(row["employeeID"] == nil)
        #expect(row["department"] == "Operations")
        let empty = try mapped([("division", .renamed(from: "department"))]).users[2].attributes
        #expect(empty["division"] == AttributeValues.none)
    }

    @Test("Two attributes may exchange their names, and one may go to two")
    func exchange() throws {
        let row = try mapped([
            ("department", .renamed(from: "employeeID")), ("employeeID", .renamed(from: "department")),
            ("division", .renamed(from: "department")),
        ]).users[0].attributes
        #expect(row["department"] == "1" && row["employeeID"] == "Operations" && row["division"] == "Operations")
    }

    @Test("Constants are for everybody, and null leaves an attribute out: here it is nobody's business then")
    func constantAndNull() throws {
        let row = try mapped([("company", .constant("Plant")), ("department", .dropped)]).users[2].attributes
        #expect(row["company"] == "Plant")
        #expect(row["department"] == nil)
    }

    @Test("Account names, common names and principal names are made, too")
    func names() throws {
        let user = try mapped([
            ("sAMAccountName", Self.template("ext-{employeeID}")), ("cn", Self.template("{cn} (office)")),
            ("userPrincipalName", Self.template("{sAMAccountName}@plant.test")),
        ]).users[0]
        #expect(user.accountName == "ext-1" && user.commonName == "Jane Doe (office)")
        // Every template is filled from the file, none from what another has made.
        #expect(user.attributes["userPrincipalName"] == "jdoe@plant.test")
    }

    @Test(
        "A name that everybody needs and that comes out empty is a fault of the record; an attribute is just empty",
        arguments: [("sAMAccountName", true), ("cn", true), ("userPrincipalName", true), ("division", false)])
    func emptyNames(target: String, isFault: Bool) throws {
        let population = try mapped([(AttributeName(target), Self.template("{department|lower}"))])
        #expect((population.faults[3] != nil) == isFault)
        #expect(population.faults[3]?.reason.contains("{department|lower}") ?? true)
        #expect(population.faults[1] == nil)
        // Who has a fault stays as the file has him.
        if isFault { #expect(population.users[2] == Self.people[2].at(3)) }
    }

    @Test(
        "One name for two people is a fault of both, and names both; others arrive",
        arguments: ["sAMAccountName", "userPrincipalName"])
    func collision(target: String) throws {
        let population = try mapped([(AttributeName(target), Self.template("{cn|truncate:1|lower}"))])
        #expect(population.faults.keys.sorted() == [1, 2])
        for position in [1, 2] {
            let reason = try #require(population.faults[position]?.reason)
            #expect(reason == "attribute_map gives \"j\" to 2 people: Jane Doe (record 1), John Roe (record 2)")
        }
        #expect(population.users[2].texts(target) == ["a"])
    }

    @Test("A principal name is one text: several values, and none, are a fault of the record")
    func severalPrincipalNames() throws {
        let users = [
            record(1, "A", "a", ["mail": ["a@x.test", "b@x.test"]]), record(2, "B", "b", ["mail": nil]),
            record(3, "C", "c", ["mail": "c@x.test"]),
        ]
        let map = AttributeMap(rules: [("userPrincipalName", .renamed(from: "mail"))])
        let population = try mapped(RecordMapping(attributes: map), users)
        #expect(population.faults[1]?.reason == "attribute_map: mail has 2 values, and one is wanted")
        #expect(population.faults[2]?.reason == "attribute_map takes it from mail, which is empty")
        #expect(population.faults[3] == nil)
        #expect(population.users[2].attributes["userPrincipalName"] == "c@x.test")
    }

    @Test("A name for a whole plant is told with ten of its people: each has such a sentence")
    func collisionOfMany() throws {
        let users = (1...200).map { (number: Int) in record(number, "P\(number)", "p\(number)", ["department": "x"]) }
        let map = AttributeMap(rules: [("sAMAccountName", .renamed(from: "department"))])
        let faults = try mapped(RecordMapping(attributes: map), users).faults
        #expect(faults.count == 200)
        #expect(faults[150]?.reason.hasPrefix(#"attribute_map gives "x" to 200 people: P1 (record 1), "#) == true)
        #expect(faults[150]?.reason.hasSuffix("P10 (record 10) and 190 more") == true)
    }

    @Test("Case does not make two names of one")
    func collisionInAnotherCase() throws {
        let users = [record(1, "A", "a", ["employeeID": "X1"]), record(2, "B", "b", ["employeeID": "x1"])]
        let map = AttributeMap(rules: [("sAMAccountName", .renamed(from: "employeeID"))])
        #expect(try mapped(RecordMapping(attributes: map), users).faults.count == 2)
    }

    @Test("upn_suffix replaces what stands behind the @, and leaves who has no principal name")
    func suffix() throws {
        let users = try mapped(RecordMapping(principalNameSuffix: "plant.test")).users
        #expect(users[0].attributes["userPrincipalName"] == "jane@plant.test")
        #expect(users[1].attributes["userPrincipalName"] == "john@plant.test")
        #expect(users[2].attributes["userPrincipalName"] == AttributeValues.none)
    }

    @Test("Two principal names that only the suffix told apart are a fault of both")
    func suffixCollision() throws {
        let users = [
            record(1, "A", "a", ["userPrincipalName": "jane@x.test"]),
            record(2, "B", "b", ["userPrincipalName": "Jane@y.test"]),
        ]
        let faults = try mapped(RecordMapping(principalNameSuffix: "plant.test"), users).faults
        #expect(faults[1]?.reason == "upn_suffix gives \"jane@plant.test\" to 2 people: A (record 1), B (record 2)")
        #expect(faults[2]?.field == "userPrincipalName")
    }

    @Test("A principal name that the map makes has the suffix that the map gives it")
    func suffixOfTemplate() throws {
        let map = AttributeMap(rules: [("userPrincipalName", try Self.template("{cn|token|lower}@elsewhere.test"))])
        let users = try mapped(RecordMapping(attributes: map, principalNameSuffix: "plant.test")).users
        #expect(users[0].attributes["userPrincipalName"] == "janedoe@elsewhere.test")
    }

    @Test("The first rule that is true of somebody says where he stands; of whom none is, nothing is said")
    func units() throws {
        let rules = try [
            UnitMap.Rule(filter: RecordFilter(parsing: "(department=Oper*)"), unit: Fixture.name("OU=Operations")),
            UnitMap.Rule(filter: RecordFilter(parsing: "(department=*)"), unit: Fixture.name("OU=Deep,OU=Others")),
        ]
        let population = try mapped(RecordMapping(units: UnitMap(rules: rules)))
        #expect(population.units == [1: Fixture.name("OU=Operations"), 2: Fixture.name("OU=Deep,OU=Others")])
        let everybody = UnitMap(rules: rules + [UnitMap.Rule(filter: nil, unit: DistinguishedName([]))])
        #expect(try mapped(RecordMapping(units: everybody)).units[3] == DistinguishedName([]))
    }

    @Test("Rules ask the record as the file has it, whatever the map makes of it")
    func unitsOfTheFile() throws {
        let mapping = try RecordMapping(
            attributes: AttributeMap(rules: [("department", .constant("Plant"))]),
            units: UnitMap(rules: [
                UnitMap.Rule(filter: RecordFilter(parsing: "(department=Safety)"), unit: Fixture.name("OU=S"))
            ]))
        #expect(try mapped(mapping).units == [2: Fixture.name("OU=S")])
    }

    @Test("Rules about what no record carries stop the run and name every such rule")
    func unknown() throws {
        let mapping = try RecordMapping(
            attributes: AttributeMap(rules: [("info", Self.template("{nickname} {cn} {shoeSize}"))]),
            units: UnitMap(rules: [
                UnitMap.Rule(filter: RecordFilter(parsing: "(!(site=*))"), unit: Fixture.name("OU=S"))
            ]))
        let error = try #require(throws: RecordMappingError.self) { try mapped(mapping) }
        #expect(
            error.description
                == "attribute_map.info: the file does not carry nickname; attribute_map.info: the file does not carry shoeSize; "
                + "ou_map[0].filter: the file does not carry site: add it to attributes of the export, or take it out here"
        )
    }

    @Test(
        "In a file without anchors, somebody who cannot be mapped might be anybody: the file proves nothing about leavers"
    )
    func withoutAnchors() throws {
        let users = [record(nil, "A", "a", ["department": nil]), record(nil, "B", "b", ["department": "x"])]
        let map = AttributeMap(rules: [("sAMAccountName", .renamed(from: "department"))])
        let population = try mapped(RecordMapping(attributes: map), users)
        #expect(population.incompleteness == nil)
        #expect(
            population.knownByNames().incompleteness
                == "1 of its records cannot be mapped, and people are known by their names only")
        // Names that no rule makes are those of the account here, whatever else is wrong.
        let others = AttributeMap(rules: [("info", try Self.template("{department|ascii}"))])
        let unspelled = [record(nil, "A", "a", ["department": "П"]), record(nil, "B", "b", ["department": "x"])]
        let faulty = try mapped(RecordMapping(attributes: others), unspelled)
        #expect(faulty.faults[1]?.knowsNames == true && faulty.knownByNames().incompleteness == nil)
    }

    @Test("Managers are taken beside the row: by anchor, or nobody; anything else is a fault")
    func managers() throws {
        let boss = Fixture.anchor(9).user
        let users = [
            record(1, "A", "a", ["mail": "a@x", "manager": .one(.text(boss.description))]),
            record(2, "B", "b", ["mail": nil, "manager": nil]),
            record(3, "C", "c", ["mail": nil, "manager": "CN=Boss,DC=source,DC=test"]),
            record(4, "D", "d", ["mail": nil, "manager": ["x", "y"]]), record(5, "E", "e", ["mail": nil]),
        ]
        let population = try mapped(RecordMapping(), users).takingManagers()
        #expect(population.managers == [1: .person(boss), 2: .nobody])
        #expect(population.users.allSatisfy { $0.attributes["manager"] == nil })
        #expect(population.users[0].attributes["mail"] == "a@x")
        #expect(population.faults.keys.sorted() == [3, 4])
        #expect(population.faults[3]?.field == .manager)
        #expect(population.attributesToRead == ["mail", .manager])
    }
}

extension SourceUser {
    fileprivate func texts(_ name: String) -> [String] {
        name == "sAMAccountName" ? [accountName] : attributes[AttributeName(name)]?.all.compactMap(\.text) ?? []
    }
}
