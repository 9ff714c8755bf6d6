public import Directory
import DistinguishedNames

/// An account that an earlier run created on another domain controller, or asked it to create without getting an answer.
///
/// It has to arrive here sooner or later.
///
/// Between domain controllers of one domain changes take seconds to hours. Who is created again meanwhile exists twice
/// once they meet, and Active Directory renames one of the two ([MS-ADTS] 3.1.1.5.1.2, name conflicts in replication).
public struct AwaitedAccount: Sendable, Equatable {
    public let anchor: Anchor?
    public let accountName: String
    /// Where it was created.
    public let server: String
    /// Whether that server said so.
    public let isConfirmed: Bool
    public let run: String
    public let created: Timestamp

    public init(
        anchor: Anchor?, accountName: String, server: String, isConfirmed: Bool, run: String, created: Timestamp
    ) {
        self.anchor = anchor
        self.accountName = accountName
        self.server = server
        self.isConfirmed = isConfirmed
        self.run = run
        self.created = created
    }
}

/// The awaited accounts of a snapshot, by what tells whose they are.
struct AwaitedAccounts: Sendable {
    private var byAnchor: [Anchor: AwaitedAccount] = [:]
    private var byAccountName: [NameKey: AwaitedAccount] = [:]

    init(_ accounts: [AwaitedAccount]) {
        for account in accounts {
            if let anchor = account.anchor {
                byAnchor[anchor] = account
            } else {
                byAccountName[NameKey(account.accountName)] = account
            }
        }
    }

    /// The person's own, where nothing in the container is his yet.
    func account(of person: Person) -> AwaitedAccount? {
        person.anchor.flatMap { byAnchor[$0] } ?? byAccountName[NameKey(person.accountName)]
    }
}

extension AwaitedAccount {
    func reasonToWait(on server: String) -> String {
        isConfirmed
            ? "the run \(run) created the account on \(self.server), and \(server) does not have it yet: once it is replicated, the next import goes on with it. If it was deleted since, an import on \(self.server) creates it anew, or any after a day"
            : "the run \(run) got no answer from \(self.server) when it created the account, and \(server) does not have it: it is created here when \(self.server) is back without it, or a day is over"
    }
}
