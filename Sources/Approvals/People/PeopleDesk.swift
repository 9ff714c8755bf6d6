public import SyncPlan

/// What a front end can ask and tell about the people of the file, beside what waits for an answer.
public protocol PeopleDesk: Sendable {
    /// Everybody of the file and of the managed container whom a search finds.
    ///
    /// - Parameter text: parts of names, or an LDAP filter.
    func people(matching text: String) async -> FoundPeople
    /// All that is known about one person; nil for somebody who is not there any more.
    func person(_ id: Roster.Entry.ID) async -> PersonDetail?
    /// What an import of these people alone would do, by the same plan, as far as it is known now. Who is missing from the
    /// file is not among them.
    func preview(of ids: Set<Roster.Entry.ID>) async throws(DeskError) -> [Roster.Entry]
    /// People whose memberships can be proposed for others: those whom `text` finds, at most `limit`.
    func models(matching text: String, limit: Int) async -> [ModelPerson]
    /// Imports some of the people, as an import of that part does. Returns at once; ``SessionOverview/work`` tells how far
    /// it got.
    ///
    /// - Throws: ``DeskError`` when other work is still under way, or nobody of these is in the file.
    func begin(_ choice: PeopleImport) async throws(DeskError)
}

/// What a search found.
public struct FoundPeople: Sendable {
    /// In the order of their names.
    public let entries: [Roster.Entry]
    /// How many there are in all.
    public let total: Int
    /// What is wrong with the text, with its place; nobody is found then.
    public let problem: String?

    public init(entries: [Roster.Entry], total: Int, problem: String? = nil) {
        self.entries = entries
        self.total = total
        self.problem = problem
    }
}

/// All that is known about one person.
public struct PersonDetail: Sendable {
    public let entry: Roster.Entry
    /// Both sides, as the page of an action shows them.
    public let attributes: [ActionDetail.Attribute]

    public init(entry: Roster.Entry, attributes: [ActionDetail.Attribute]) {
        self.entry = entry
        self.attributes = attributes
    }
}

/// Somebody whose memberships can be proposed for others.
public struct ModelPerson: Sendable, Equatable, Identifiable {
    public struct Group: Sendable, Equatable {
        /// The common name.
        public let name: String
        /// Nobody joins it without an approval.
        public let isRestricted: Bool

        public init(name: String, isRestricted: Bool) {
            self.name = name
            self.isRestricted = isRestricted
        }
    }

    public let id: Roster.Entry.ID
    public let person: Person
    /// The mapped groups of the account; of somebody without one, those that `group_map` gives.
    public let groups: [Group]

    public init(id: Roster.Entry.ID, person: Person, groups: [Group]) {
        self.id = id
        self.person = person
        self.groups = groups
    }
}

/// Some of the people of the file, to be imported.
public struct PeopleImport: Sendable, Equatable {
    public struct Model: Sendable, Equatable {
        public let id: Roster.Entry.ID
        /// The common names of the groups that were shown; with others nothing is given.
        public let shown: [String]

        public init(id: Roster.Entry.ID, shown: [String]) {
            self.id = id
            self.shown = shown
        }
    }

    public let ids: Set<Roster.Entry.ID>
    /// Who waits to be enabled is, with a password made by the configured scheme.
    public let enables: Bool
    /// Whose memberships they get on top of what `group_map` gives. What needs an approval waits for one.
    public let model: Model?

    public init(ids: Set<Roster.Entry.ID>, enables: Bool = false, model: Model? = nil) {
        self.ids = ids
        self.enables = enables
        self.model = model
    }
}
