import Directory
import LDAPFilters
import SourceRecords
public import SyncPlan

extension ApprovalSession {
    public func people(matching text: String) -> FoundPeople {
        let everybody = roster().entries
        do throws(FilterSyntaxError) {
            let search = try PeopleSearch(text, known: material.source.attributeNames)
            return FoundPeople(
                entries: text.isEmpty ? everybody : everybody.filter { $0.isFound(by: search) },
                total: everybody.count)
        } catch {
            return FoundPeople(entries: [], total: everybody.count, problem: error.description)
        }
    }

    public func person(_ id: Roster.Entry.ID) -> PersonDetail? {
        roster()[id].map { entry in
            PersonDetail(entry: entry, attributes: attributes(entry.dossier, comparedWith: entry.dossier.account))
        }
    }

    public func preview(of ids: Set<Roster.Entry.ID>) throws(DeskError) -> [Roster.Entry] {
        let positions = positions(of: ids)
        do {
            return try world.plan(entries, now: ground.now, part: positions).roster.entries
                .filter { $0.position.map(positions.contains) ?? false }
        } catch {
            throw DeskError("it cannot be planned: \(error)")
        }
    }

    public func models(matching text: String, limit: Int) -> [ModelPerson] {
        let found = people(matching: text).entries.lazy.filter { $0.mark != .leftAlone }
        return found.prefix(limit).map { entry in
            ModelPerson(
                id: entry.id, person: entry.person,
                groups: plan.plan.groups(of: entry.dossier).map {
                    ModelPerson.Group(name: $0.name, isRestricted: $0.isRestricted)
                })
        }
    }

    /// By a plan of the whole, whomever the session is for. Kept until something changes: it is looked at again and again.
    func roster() -> Roster {
        if let rosterInUse { return rosterInUse }
        // Refused only where a stranger's anchor has come into the container since, and then the next import tells.
        let whole = world.part == nil ? plan : (try? world.plan(entries, now: ground.now, part: nil)) ?? plan
        let roster = whole.roster
        rosterInUse = roster
        return roster
    }

    func positions(of ids: Set<Roster.Entry.ID>) -> Set<Int> {
        Set(roster().entries.lazy.filter { ids.contains($0.id) }.compactMap(\.position))
    }
}

extension Roster {
    subscript(id: Entry.ID) -> Entry? { entries.first { $0.id == id } }
}

extension Roster.Entry {
    fileprivate func isFound(by search: PeopleSearch) -> Bool {
        let account = dossier.account
        return search.finds(
            dossier.record,
            names: [person.commonName, person.accountName]
                + [account?.commonName, account?.accountName, account?.userPrincipalName].compactMap(\.self))
    }
}
