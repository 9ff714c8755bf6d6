import Directory
import DistinguishedNames
import LabSupport
import Testing

@testable import ActiveDirectory

extension ActiveDirectorySuite {
    /// The groups in a group, as the export's delegated account sees them.
    @Suite struct NestedGroupsWalk {
        private func group(_ name: String, in adapter: Adapter, _ members: [String] = []) -> LDIFChange {
            .add(
                "CN=\(name),\(adapter.sourcePath)",
                [("objectClass", ["group"]), ("sAMAccountName", ["ad-\(name)"])]
                    + (members.isEmpty ? [] : [("member", members.map { "CN=\($0),\(adapter.sourcePath)" })]))
        }

        private func reference(_ name: String, in adapter: Adapter) async throws -> DirectoryGroupReference {
            let dn = "CN=\(name),\(adapter.sourcePath)"
            let guid = try #require(try await adapter.source.entry(dn)?.guid().flatMap { GUID($0) })
            return DirectoryGroupReference(guid: guid, name: try DistinguishedName(parsing: dn))
        }

        private func walk(
            _ names: [String], in adapter: Adapter, rangeStep: Int? = nil
        ) async throws -> (NestedGroups, operations: Int) {
            var references: [DirectoryGroupReference] = []
            for name in names { references.append(try await reference(name, in: adapter)) }
            return try await adapter.with(adapter.source, rangeStep: rangeStep) { directory in
                let before = directory.operationCount
                return (try await directory.nestedGroups(in: references), directory.operationCount - before)
            }
        }

        @Test("Every group below is found once, level by level, also in circles; contacts and users are none")
        func levels() async throws {
            let adapter = try await Adapter()
            try await adapter.source.apply(
                [adapter.user("somebody", in: adapter.source), group("Leaf", in: adapter, ["somebody"])]
                    + [group("Mid", in: adapter, ["Leaf", "somebody"]), group("Side", in: adapter, ["Leaf"])]
                    + [group("Top", in: adapter, ["Mid", "Side"]), group("Other", in: adapter, ["Mid"])]
                    + [.modify("CN=Leaf,\(adapter.sourcePath)", .add, "member", ["CN=Top,\(adapter.sourcePath)"])])
            let (nested, operations) = try await walk(["Top"], in: adapter)
            #expect(Set(nested.groups.compactMap { $0.name.leaf?.value }) == ["Top", "Mid", "Side", "Leaf"])
            #expect(nested.withForeignMembers.isEmpty)
            let top = try await reference("Top", in: adapter).guid
            #expect(nested.containers(among: [top]).values.allSatisfy { $0 == [top] })
            #expect(nested.containers(among: [top]).count == 4)
            // A search for each level, the last of which finds nobody new; one for foreigners, one for their groups.
            #expect(operations == 5)
            #expect(try await walk(["Top"], in: adapter, rangeStep: 1).0 == nested)
        }

        @Test("A group with a member of another domain is told, and no other")
        func foreigners() async throws {
            let adapter = try await Adapter()
            try await adapter.source.apply([group("Inner", in: adapter), group("Outer", in: adapter, ["Inner"])])
            try await adapter.source.apply(
                .modify("CN=Inner,\(adapter.sourcePath)", .add, "member", ["<SID=S-1-5-21-1-2-3-1105>"]))
            let (nested, _) = try await walk(["Outer"], in: adapter)
            #expect(nested.withForeignMembers.map { $0.leaf?.value } == ["Inner"])
        }

        @Test("Names that mean something in a filter are names here")
        func hostileNames() async throws {
            let adapter = try await Adapter()
            let outer = "x)(objectClass=\\2A)\\, y"
            try await adapter.source.apply(
                .add(
                    "CN=Inner,\(adapter.sourcePath)", [("objectClass", ["group"]), ("sAMAccountName", ["ad-inner"])]),
                .add(
                    "CN=x)(objectClass\\=*)\\, y,\(adapter.sourcePath)",
                    [
                        ("objectClass", ["group"]), ("sAMAccountName", ["ad-outer"]),
                        ("member", ["CN=Inner,\(adapter.sourcePath)"]),
                    ]))
            let (nested, _) = try await walk([outer.replacing("objectClass=", with: "objectClass\\=")], in: adapter)
            #expect(Set(nested.groups.compactMap { $0.name.leaf?.value }) == ["x)(objectClass=*), y", "Inner"])
        }

        @Test(
            "All values of an attribute arrive, also where the server sends them in slices",
            arguments: [nil, 1, 3, 1500])
        func manyValues(rangeStep: Int?) async throws {
            let adapter = try await Adapter()
            let values = (1...2000).map { "+49 40 \($0)" }
            try await adapter.source.apply(
                adapter.user(
                    "phones", in: adapter.source, [("otherTelephone", rangeStep == 1 ? Array(values[..<7]) : values)]))
            let query = try adapter.query(adapter.sourcePath, ["otherTelephone", "displayName"])
            let user = try await adapter.with(adapter.source, rangeStep: rangeStep) { try await $0.users(query).first }
            let found = try #require(user?.attributes["otherTelephone"]).all.compactMap(\.text)
            #expect(Set(found) == Set(rangeStep == 1 ? Array(values[..<7]) : values))
            #expect(found.count == (rangeStep == 1 ? 7 : 2000))
            #expect(user?.attributes["displayName"] == AttributeValues.none)
        }
    }
}
