import BenchmarkSupport
import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport

/// The two sides of an import that runs every night: everybody has an account with his anchor, and one in a hundred is
/// not as the file has him. Each of those needs one operation.
struct Nightly: Sendable {
    /// After so many people every kind of change has occurred in its share.
    static let period = 1000
    /// One in ten changes each is a rename, a disabling, a membership that begins and one that ends.
    private static let kinds: [Change] = [
        .title, .title, .rename, .title, .join, .title, .leave, .title, .disable, .title,
    ]

    private enum Change: Hashable { case title, rename, join, leave, disable }

    private let planner: Planner
    private let answers = Answers([])
    private let users: Int
    var changes: Int { users / 100 }

    init(_ users: Int) {
        self.users = users
        let policy = SyncPolicy(
            groupMap: Dictionary(uniqueKeysWithValues: People.groups.map { ($0, [$0]) }))
        let groups = Dictionary(
            uniqueKeysWithValues: People.groups.enumerated().map { number, name in
                let group = DirectoryGroup(
                    guid: .numbered(number, series: 0xE), name: name.under(Fixture.groupPath),
                    commonName: name.leaf?.value ?? "", privilegedThrough: nil)
                return (name, group)
            })
        planner = Planner(
            policy: policy,
            source: SourcePopulation(
                timestamp: Fixture.now, domain: Fixture.source,
                users: (0..<users).map { People.user($0, isDisabled: Self.change($0) == .disable) }),
            target: TargetSnapshot(
                domain: Fixture.domain, container: Fixture.container, groups: groups,
                users: Self.accounts(users, groups)),
            answers: answers, now: Fixture.now)
    }

    /// The whole of it, as an import does it. Nobody outside the container has a name that somebody is to get.
    func plan() throws -> ApprovedPlan {
        let matching = try planner.match()
        return matching.plan(holders: []).approved(by: answers)
    }
}

extension Nightly {
    /// How person number `number` has changed.
    private static func change(_ number: Int) -> Change? {
        number % 100 == 42 ? kinds[number / 100 % kinds.count] : nil
    }

    /// As the last run left them. In no order, like the answers of a directory.
    private static func accounts(
        _ users: Int, _ groups: [DistinguishedName: DirectoryGroup]
    ) -> [DirectoryUser] {
        var generator = SeededGenerator(seed: 1)
        // A storage of its own, as the names of the query have in an import.
        let attributeNames = People.attributeNames.map { AttributeName($0.description) }
        let outsiders = groups.mapValues(\.guid)
        return (0..<users).shuffled(using: &generator).map { number in
            account(number, attributeNames, outsiders)
        }
    }

    private static func account(
        _ number: Int, _ attributeNames: [AttributeName], _ groups: [DistinguishedName: GUID]
    ) -> DirectoryUser {
        let change = change(number)
        let user = People.user(number, attributeNames: attributeNames, title: change == .title ? "Trainee" : nil)
        let commonName = change == .rename ? "\(user.commonName) (formerly)" : user.commonName
        var memberships = Set(user.groups.compactMap { groups[$0] })
        if change == .join, let group = user.groups.first.flatMap({ groups[$0] }) { memberships.remove(group) }
        if change == .leave, let group = People.groups.first(where: { !user.groups.contains($0) }) {
            if let guid = groups[group] { memberships.insert(guid) }
        }
        return DirectoryUser(
            guid: .numbered(number, series: 0xD), name: Fixture.containerName.appending(.commonName(commonName)),
            commonName: commonName, accountName: user.accountName,
            userPrincipalName: "\(user.accountName)@\(Fixture.domain.dnsName)", accountControl: 0x200,
            isDisabled: false, expiry: Fixture.usualEnd, hasCurrentPassword: true,
            stamp: AnchorStamp(attributeValue: user.anchor?.description), protection: nil, groups: memberships,
            attributes: user.attributes)
    }
}

extension Nightly {
    /// Everybody who has changed has his one operation, and nobody else has any: a planner that is quick because it
    /// overlooks somebody is not quick.
    func check(_ approved: ApprovedPlan) throws(Wrong) {
        let plan = approved.plan
        let others = plan.questions.count + plan.failures.count + plan.notices.count + plan.brakes.count
        try Wrong.unless(others == 0, "\(others) questions, failures, notices and brakes, where there is to be none")
        try Wrong.unless(
            approved.operations.count == changes,
            "\(approved.operations.count) operations, where \(changes) people have changed")
        let wanted = Dictionary(
            uniqueKeysWithValues: (0..<users).compactMap { number in
                Self.change(number).map { (People.user(number).accountName, $0) }
            })
        for operation in approved.operations {
            try Wrong.unless(
                wanted[operation.person.accountName] == Self.change(operation.verb),
                "\(operation.person.commonName): \(operation.verb)")
        }
        let people = Set(approved.operations.map(\.person.accountName)).count
        try Wrong.unless(people == changes, "operations for \(people) people, where \(changes) have changed")
    }

    private static func change(_ verb: Operation.Verb) -> Change? {
        switch verb {
        case .update: .title
        case .rename: .rename
        case .join: .join
        case .leave: .leave
        case .disable: .disable
        default: nil
        }
    }
}
