import Directory
import SyncPlan
import SyncTestSupport
import Testing

@testable import Approvals

extension ImportCase {
    /// As ``busy()``, with a veteran in every group and one more who is new; and nobody is imported before he is chosen.
    static func chosenLater() -> ImportCase {
        var world = ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators", "Safety"], ["mail": "jane@source.test"]),
                record(2, "Back", "back", ["mail": nil]), record(3, "Otto", "otto", in: ["Operators"], ["mail": nil]),
                record(4, "Ally", "ally", in: ["Engineers"], ["mail": "ally@source.test"]),
                record(6, "Max", "max", ["mail": nil]),
                record(7, "Veteran", "veteran", in: ["Engineers", "Safety"], ["mail": nil]),
            ],
            directory: [
                account(2, "Back", "back", disabled: true),
                account(4, "Ally", "ally", in: ["Plant Guests"], ["mail": "old@source.test"]),
                account(5, "Gone", "gone", in: ["Plant Operators"]),
                account(7, "Veteran", "veteran", in: ["Plant Engineers", "Plant Operators", "Plant Safety"]),
                account(nil, "Otto Elder", "otto", at: Fixture.elsewhere),
            ])
        world.part = []
        return world
    }
}

extension SessionCase {
    /// `Jane: new`; without the veteran.
    var marks: [String] {
        get async {
            await session.people(matching: "").entries.map { "\($0.person.commonName): \($0.mark.rawValue)" }
                .filter { !$0.hasPrefix("Veteran") }
        }
    }

    func personID(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        let found = await session.people(matching: "").entries.first { $0.person.commonName == name }
        return try #require(found, "nobody is called \(name)", sourceLocation: sourceLocation).id
    }

    /// To its end; what became of it.
    func `import`(
        _ names: [String], enables: Bool = false, like model: ModelPerson? = nil
    ) async throws -> [DecisionOutcome.Result] {
        var ids: Set<String> = []
        for name in names { ids.insert(try await personID(name)) }
        try await session.begin(
            PeopleImport(
                ids: ids, enables: enables,
                model: model.map { PeopleImport.Model(id: $0.id, shown: $0.groups.map(\.name)) }))
        await session.bulkEnded()
        return await session.overview().work?.outcomes.map(\.result) ?? []
    }
}
