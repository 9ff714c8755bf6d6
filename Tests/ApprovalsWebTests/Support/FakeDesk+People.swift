import Approvals
import Directory
import LDAPFilters
import SourceRecords
import SyncPlan
import SyncTestSupport

extension FakeDesk {
    func people(matching text: String) -> FoundPeople {
        let records = roster.entries.compactMap(\.dossier.record)
        let known = SourcePopulation(timestamp: nil, domain: nil, users: records).attributeNames
        do throws(FilterSyntaxError) {
            let search = try PeopleSearch(text, known: known)
            return FoundPeople(
                entries: roster.entries.filter {
                    search.finds($0.dossier.record, names: [$0.person.commonName, $0.person.accountName])
                }, total: roster.entries.count)
        } catch {
            return FoundPeople(entries: [], total: roster.entries.count, problem: error.description)
        }
    }

    func person(_ id: String) -> PersonDetail? {
        roster.entries.first { $0.id == id }.map { entry in
            PersonDetail(entry: entry, attributes: [.init(name: "mail", inFile: ["new"], here: ["old"])])
        }
    }

    func preview(of ids: Set<String>) -> [Roster.Entry] {
        roster.entries.filter { ids.contains($0.id) && $0.isImportable }
    }

    func models(matching text: String, limit: Int) -> [ModelPerson] {
        people(matching: text).entries.prefix(limit).map { entry in
            ModelPerson(
                id: entry.id, person: entry.person,
                groups: [
                    .init(name: "Plant Operators", isRestricted: false),
                    .init(name: "Plant Safety", isRestricted: true),
                ]
            )
        }
    }

    func begin(_ choice: PeopleImport) throws(DeskError) {
        imported.append(choice)
        set(SessionOverview.Work(title: "Importing", done: 0, total: 1, outcomes: [], isFinished: false))
    }
}

extension ImportCase {
    /// Somebody of each mark, with names that want to be markup.
    static let everyMark = ImportCase(
        file: [
            record(1, People.script, "script", in: ["Operators"], ["mail": "new@source.test"]),
            record(2, "Conan O'Brien", "cobrien", ["mail": "\"><img src=x onerror=alert(1)>"]),
            record(3, "مريم حداد", "mhaddad", ["mail": nil]), record(4, People.quote, "quote", ["mail": nil]),
            record(5, "Taken", "taken", ["mail": nil]), record(6, "Faulty", "fau[lty", ["mail": nil]),
            record(7, "Never", "never", disabled: true, ["mail": nil]),
        ],
        directory: [
            account(2, "Conan O'Brien", "cobrien", ["mail": "old@source.test"]),
            account(3, "مريم حداد", "mhaddad"), account(8, "Gone <b>Away</b>", "gone"),
            account(nil, "Elder", "taken", at: Fixture.elsewhere),
        ])

    /// So many who are new, and as many who are as they should be.
    static func crowd(_ count: Int) -> ImportCase {
        ImportCase(
            file: (0..<count).map { (n: Int) in
                record(n, "Person \(n)", "p\(n)", ["department": n % 100 == 0 ? "Lab" : "Plant"])
            },
            directory: (0..<count).filter { (n: Int) in n % 2 == 0 }.map { (n: Int) in
                account(n, "Person \(n)", "p\(n)", ["department": n % 100 == 0 ? "Lab" : "Plant"])
            })
    }
}
