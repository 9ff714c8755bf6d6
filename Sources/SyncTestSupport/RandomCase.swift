import Directory
import DistinguishedNames
import SyncPlan

/// A small world with too few names for its people, so that everything that can collide does.
public struct RandomCase: Sendable {
    private var generator: SeededGenerator
    private let commonNames = ["Ann", "ANN", "Bob", "Cy", "Zo\u{EB}", "Zoe\u{308}", "Dee", "Eve", "Fay"]
    private let accountNames = ["ann", "ANN", "bob", "cy", "zoe", "dee", "eve", "fay", "toolongforanaccountname"]
    private let groups = ["Operators", "Engineers", "Safety", "Unmapped"]
    private let memberships = ["Plant Operators", "Plant Engineers", "Plant Safety", "Plant Guests"]

    public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    public static func world(seed: UInt64) -> ImportCase {
        var random = RandomCase(seed: seed)
        return random.world()
    }

    mutating func world() -> ImportCase {
        let hasAnchors = chance(8, of: 10)
        let file = records(hasAnchors: hasAnchors)
        let accounts = accounts()
        let contact = OtherObject.contact(pick(commonNames))
        let isFree = !accounts.contains { $0.name == contact.name }
        var world = ImportCase(
            file: file, directory: accounts, others: isFree && chance(1, of: 3) ? [contact] : [],
            answers: answers(for: file))
        world.policy.acceptsUnanchoredFile = true
        world.policy.commonNamePrefix = chance(1, of: 5) ? "P-" : ""
        world.policy.deactivatedUsersKeepGroups = chance(1, of: 2)
        world.policy.groupsForEveryone = chance(1, of: 4) ? [Fixture.group("Plant Guests")] : []
        if chance(1, of: 6) { world.policy.approvalsOnTop.insert(.disable) }
        if chance(1, of: 6) { world.policy.approvalsOnTop.insert(.leave) }
        if chance(1, of: 4) { world.policy.deactivationLimit = ChangeLimit(percent: 20, count: 1) }
        if chance(1, of: 4) { world.policy.leaveLimit = ChangeLimit(percent: 20, count: 1) }
        if chance(1, of: 8) { world.policy.anchorAttribute = nil }
        if chance(1, of: 4) { world.source = nil }
        return world
    }

    private mutating func records(hasAnchors: Bool) -> [SourceUser] {
        var taken = Set<NameKey>()
        return (0..<Int.random(in: 0...8, using: &generator)).compactMap { number in
            let accountName = pick(accountNames)
            // The reader refuses a file with an account name twice.
            guard taken.insert(NameKey(accountName)).inserted else { return nil }
            let principalName: AttributeValues =
                chance(1, of: 5) ? .one(.text("\(pick(accountNames))@target.test")) : .none
            return record(
                hasAnchors && chance(19, of: 20) ? number : nil, pick(commonNames), accountName, in: some(groups),
                disabled: chance(1, of: 6), expires: chance(1, of: 6) ? .at(Fixture.time("2026-12-01")) : .never,
                [
                    "userPrincipalName": principalName,
                    "mail": chance(1, of: 3) ? .one(.text("\(number)@s.test")) : .none,
                ])
        }
    }

    private mutating func accounts() -> [Account] {
        var names = Set<DistinguishedName>()
        var accountNames = Set<NameKey>()
        var principalNames = Set<NameKey>()
        return (0..<Int.random(in: 0...9, using: &generator)).compactMap { _ in
            let account = randomAccount()
            let principalName = NameKey(account.userPrincipalName ?? "\(account.accountName)@target.test")
            guard !names.contains(account.name), !accountNames.contains(NameKey(account.accountName)),
                !principalNames.contains(principalName),
                // Somebody else's principal name may be made from an account name; the directory knows no such pair.
                !accountNames.contains(where: { NameKey("\($0)@target.test") == principalName }),
                !principalNames.contains(NameKey("\(account.accountName)@target.test"))
            else { return nil }
            names.insert(account.name)
            accountNames.insert(NameKey(account.accountName))
            principalNames.insert(principalName)
            return account
        }
    }

    private mutating func randomAccount() -> Account {
        let isInside = chance(3, of: 4)
        let principalName = chance(1, of: 5) ? "\(pick(accountNames))@target.test" : "derived"
        return account(
            chance(2, of: 3) ? Int.random(in: 0...8, using: &generator) : nil,
            (chance(1, of: 6) ? "P-" : "") + pick(commonNames), pick(Array(accountNames.dropLast())),
            in: Set(some(memberships)), disabled: chance(1, of: 4),
            expires: chance(1, of: 2) ? .never : Fixture.usualEnd,
            principalName: chance(1, of: 6) ? nil : principalName,
            password: chance(1, of: 3) ? nil : Secret("old"), stamp: chance(1, of: 15) ? "somebody's text" : nil,
            at: isInside ? Fixture.containerName : Fixture.elsewhere,
            protection: chance(1, of: 8) ? .adminCount : nil)
    }

    private mutating func answers(for file: [SourceUser]) -> [Resolution] {
        (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
            guard let record = file.randomElement(using: &generator) else { return nil }
            let name = chance(1, of: 2) ? record.commonName : record.accountName
            let accept = chance(3, of: 4)
            var answer = answer(
                ActionKind.allCases.randomElement(using: &generator) ?? .enable, record.commonName, accept: accept,
                group: "CN=\(pick(memberships))", name: chance(1, of: 5) ? "\(record.accountName)@target.test" : name,
                password: chance(1, of: 2) ? "Geheim-1" : nil, keepPassword: chance(1, of: 2))
            answer.anchor = chance(3, of: 4) ? record.anchor : nil
            switch Int.random(in: 0...3, using: &generator) {
            case 0: answer.newName = pick(accountNames)
            case 1: answer.newName = "\(pick(commonNames)) 2"
            case 2: answer.takeOver = .holder
            default: answer.takeOver = .account(pick(accountNames))
            }
            return answer
        }
    }

    private mutating func chance(_ count: Int, of all: Int) -> Bool {
        Int.random(in: 0..<all, using: &generator) < count
    }

    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &generator) ?? "" }

    private mutating func some(_ texts: [String]) -> [String] { texts.filter { _ in chance(1, of: 3) } }
}
