import DistinguishedNames
import LDAP
import Testing

@Suite(.enabled(if: Lab.isUp), .timeLimit(.minutes(5))) struct LabSearchTests {
    @Test func `every page size gives every object exactly once, and counts its requests`() async throws {
        let lab = try Lab.running()
        try await lab.withContainer { connection, container in
            let names = Set(try await lab.addContacts(25, to: container, connection))
            for pageSize in [1, 7, 25, 1000] {
                var configuration = lab.configuration
                configuration = LDAPConfiguration(
                    endpoints: configuration.endpoints,
                    tls: configuration.tls,
                    pageSize: pageSize
                )
                let connection = try await lab.connection(configuration)
                var found: [DistinguishedName] = []
                let search = connection.search(
                    LDAPSearchRequest(
                        base: .distinguishedName(container),
                        scope: .oneLevel,
                        attributes: [.noAttributes]
                    )
                )
                for try await entry in search { found.append(try entry.distinguishedName) }
                #expect(found.count == names.count && Set(found) == names, "page size \(pageSize)")
                // One bind; Samba ends a full last page with one that is empty.
                #expect(connection.operationCount == 1 + 25 / pageSize + 1, "page size \(pageSize)")
            }
        }
    }

    @Test(arguments: [nil, 1, 100, 149, 150, 1000])
    func `a group has all its members, in whatever slices they come`(step: Int?) async throws {
        let lab = try Lab.running()
        try await lab.withContainer { connection, container in
            let members = try await lab.addContacts(150, to: container, connection)
            let group = container.appending(.commonName("group"))
            let account = LDAPValue("g\(container.leaf?.value.suffix(12) ?? "")")
            try await connection.perform(
                .add(
                    group,
                    [
                        LDAPAttribute("objectClass", "group"), LDAPAttribute("sAMAccountName", account),
                        LDAPAttribute("member", members.map { LDAPValue($0.description) }),
                    ]
                )
            )
            let before = connection.operationCount
            let request = LDAPSearchRequest(
                base: .distinguishedName(container),
                filter: .equal("objectClass", "group"),
                attributes: ["cn", "member"],
                rangeStep: step
            )
            let found = try await connection.search(request).collect()
            let values = try #require(found.first)["member"]
            #expect(values.count == members.count)
            let names = try values.compactMap(\.string).map { text throws in try DistinguishedName(parsing: text) }
            #expect(Set(names) == Set(members))
            let slices = step.map { (members.count + $0 - 1) / $0 } ?? 1
            #expect(connection.operationCount - before == slices)
        }
    }

    @Test func `an object is found by its GUID and its SID`() async throws {
        let lab = try Lab.running()
        let connection = try await lab.connection()
        let domain = try await connection.readEntry(
            at: .distinguishedName(lab.base),
            attributes: ["objectGUID", "objectSid"]
        )
        let guid = try #require(domain["objectGUID"].first)
        let sid = try #require(domain["objectSid"].first)
        for name in [LDAPObjectName.guid(guid.bytes), .sid(sid.bytes)] {
            #expect(try await connection.readEntry(at: name).distinguishedName == lab.base)
        }
    }

    @Test func `the domain refers to its other partitions, unless it is told not to`() async throws {
        let lab = try Lab.running()
        let connection = try await lab.connection()
        var request = LDAPSearchRequest(
            base: .distinguishedName(lab.base),
            filter: .equal("sAMAccountName", "krbtgt"),
            attributes: ["cn"]
        )
        let error = await #expect(throws: LDAPError.self) { try await connection.search(request).collect() }
        #expect(error?.code == .referral)
        request.controls = [.domainScope]
        #expect(try await connection.search(request).collect().count == 1)
        request.controls = []
        request.referrals = .ignore
        #expect(try await connection.search(request).collect().count == 1)
    }

    @Test(arguments: [
        "Doe, Jane", "a*b", "(parens)", #"back\slash"#, "#hash", " space ", "\"quoted\"", "a=b;c<d>e+f", "Müller",
        "Mu\u{308}ller", "日本 ☃",
    ])
    func `a name means itself in a distinguished name and in a filter`(name: String) async throws {
        let lab = try Lab.running()
        try await lab.withContainer { connection, container in
            let object = container.appending(.commonName(name))
            try await connection.perform(.contact(object))
            try await lab.addContacts(2, to: container, connection)
            let found = try await connection.search(
                LDAPSearchRequest(
                    base: .distinguishedName(container),
                    filter: .equal("cn", LDAPValue(name)),
                    attributes: ["cn"]
                )
            ).collect()
            #expect(found.map { $0["cn"] } == [[LDAPValue(name)]])
            #expect(try found.map { entry throws in try entry.distinguishedName } == [object])
        }
    }

    @Test func `what is not there is no such object`() async throws {
        let lab = try Lab.running()
        let connection = try await lab.connection()
        let missing = lab.base.appending(.commonName("missing"))
        let error = await #expect(throws: LDAPError.self) {
            try await connection.readEntry(at: .distinguishedName(missing))
        }
        #expect(error?.code == .noSuchObject)
        #expect(error?.delivery == .answered)
    }
}
