import DistinguishedNames
import LDAP
import Testing

@Suite(.enabled(if: Lab.isUp), .timeLimit(.minutes(5))) struct LabWriteTests {
    @Test func `adds, changes, renames, moves and deletes`() async throws {
        let lab = try Lab.running()
        try await lab.withContainer { connection, container in
            let object = container.appending(.commonName("before"))
            try await connection.perform(.contact(object))
            let guid = try #require(
                try await connection.readEntry(at: .distinguishedName(object), attributes: ["objectGUID"])["objectGUID"]
                    .first
            )
            let name = LDAPObjectName.guid(guid.bytes)
            try await connection.perform(
                .modify(name, [.replace("description", ["a person"]), .add("otherTelephone", ["1", "2"])])
            )
            try await connection.perform(.modify(name, [.delete("description"), .delete("otherTelephone", ["1"])]))
            let changed = try await connection.readEntry(at: name, attributes: ["description", "otherTelephone"])
            #expect(changed["description"].isEmpty)
            #expect(changed["otherTelephone"] == ["2"])

            let shelf = RelativeDistinguishedName(attribute: "OU", value: "shelf")
            try await connection.perform(
                .add(container.appending(shelf), [LDAPAttribute("objectClass", "organizationalUnit")])
            )
            try await connection.perform(.rename(object, to: .commonName("after")))
            try await connection.perform(
                .rename(
                    container.appending(.commonName("after")),
                    to: .commonName("after, all"),
                    newSuperior: container.appending(shelf)
                )
            )
            let moved = try await connection.readEntry(at: name).distinguishedName
            #expect(moved == container.appending(shelf).appending(.commonName("after, all")))

            try await connection.perform(.delete(moved))
            let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: name) }
            #expect(error?.code == .noSuchObject)
        }
    }

    @Test func `in a pipeline one refusal stands alone, with its reason`() async throws {
        let lab = try Lab.running()
        try await lab.withContainer { connection, container in
            var requests = (0..<40).map { LDAPWriteRequest.contact(container.appending(.commonName("\($0)"))) }
            requests[20] = requests[7]
            let outcomes = Outcomes()
            let before = connection.operationCount
            await connection.perform(requests, onResult: outcomes.record)
            #expect(outcomes.failed(.answered) == [20])
            #expect(outcomes.error(20)?.code == .entryAlreadyExists)
            #expect(outcomes.error(20)?.operation == "add CN=7,\(container)")
            #expect(outcomes.succeeded.count == 39)
            #expect(connection.operationCount - before == 40)
        }
    }

    @Test func `when the cable is cut, what was answered is stored and what was not sent is not`() async throws {
        let lab = try Lab.running()
        try await lab.withContainer { reader, container in
            let relay = try Relay(to: lab.uri)
            // The relay's address is not in the server's certificate.
            let connection = try await lab.connection(
                LDAPConfiguration(
                    endpoints: [LDAPURI("ldaps://127.0.0.1:\(relay.port)")],
                    tls: TLSSettings(verify: false)
                )
            )
            let names = (0..<200).map { container.appending(.commonName("\($0)")) }
            let outcomes = Outcomes()
            await connection.perform(names.map { .contact($0) }, window: 20) { index, result in
                outcomes.record(index, result)
                if index == 50 { relay.cut() }
            }
            #expect(outcomes.count == 200)
            #expect(outcomes.succeeded.contains(50))
            #expect(!outcomes.failed(.unanswered).isEmpty && outcomes.failed(.unanswered).count <= 20)
            #expect(outcomes.failed(.notSent).last == 199)
            let stored = try await reader.search(
                LDAPSearchRequest(base: .distinguishedName(container), scope: .oneLevel, attributes: [.noAttributes])
            ).collect()
            let storedNames = Set(try stored.map { entry throws in try entry.distinguishedName })
            #expect(outcomes.succeeded.allSatisfy { storedNames.contains(names[$0]) })
            #expect(outcomes.failed(.notSent).allSatisfy { !storedNames.contains(names[$0]) })
        }
    }

    @Test func `the directory takes a request as large as the limit`() async throws {
        let lab = try Lab.running()
        try await lab.withContainer { connection, container in
            let members = try await lab.addContacts(10, to: container, connection)
            let modification = LDAPModification.add(
                "otherTelephone",
                (0..<3000).map { LDAPValue("\($0)" + String(repeating: "0", count: 55)) }
            )
            let request = LDAPWriteRequest.modify(.distinguishedName(members[0]), [modification])
            #expect(request.encodedSize > 170_000 && request.encodedSize < 200_000)
            try await connection.perform(request)
            let pieces = modification.split(maximumBytes: 20_000)
            #expect(pieces.count > 5)
            for piece in pieces { try await connection.perform(.modify(.distinguishedName(members[1]), [piece])) }
            for member in members[..<2] {
                let entry = try await connection.readEntry(at: .distinguishedName(member))
                #expect(entry["otherTelephone"].count == 3000)
            }
        }
    }
}
