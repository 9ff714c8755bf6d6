import Directory
import DistinguishedNames
import SyncTestSupport
import Synchronization
import Testing

/// Domain controllers of one domain, `dc1`, `dc2` and so on, of which some go down in the midst of the work; or one that
/// comes back each time. They share one directory: replication is instant here.
final class SinkingServers: Sendable {
    /// How one of them goes down.
    struct Sinking: Sendable, CustomTestStringConvertible {
        enum Moment: String, Sendable, CaseIterable {
            case beforeItIsMade, afterItIsMade
            /// With those that were sent after it.
            case afterAllInFlightAreMade
            /// It and those that were sent after it are made when the next connection sends its first change: the server
            /// was slow.
            case madeLate

            static let beforeTheLook: [Moment] = [.beforeItIsMade, .afterItIsMade, .afterAllInFlightAreMade]
        }

        /// Answers that are given before.
        let answers: Int
        /// Of the change that is not answered any more.
        let moment: Moment
        /// Changes sent after it, which are not answered either; whatever follows is not sent.
        var inFlight = 2

        var testDescription: String { "after \(answers) answers, \(moment.rawValue)" }
    }

    let directory: InMemoryDirectory
    private let sinkings: [Sinking]
    /// How many connections can be had in all.
    private let connections: Int
    /// How further ones fail.
    private let refusal: DirectoryFailure.Kind
    private let domain: GUID?
    private let isOneThatComesBack: Bool
    private let opened = Mutex(0)
    fileprivate let late = Mutex<[DirectoryChange]>([])

    init(
        _ directory: InMemoryDirectory, _ sinkings: [Sinking], isOneThatComesBack: Bool = false,
        connections: Int = .max, refusal: DirectoryFailure.Kind = .unreachable, domainFromTheSecondOn: GUID? = nil
    ) {
        self.refusal = refusal
        self.isOneThatComesBack = isOneThatComesBack
        self.directory = directory
        self.sinkings = sinkings
        self.connections = connections
        domain = domainFromTheSecondOn
    }

    var openedConnections: Int { opened.withLock { $0 } }

    func open() throws(DirectoryFailure) -> any DirectoryConnection {
        let number = opened.withLock { opened in
            opened += 1
            return opened
        }
        guard number <= connections else {
            throw DirectoryFailure(kind: refusal, message: "no further connection")
        }
        let info = Domain(
            name: Fixture.domain.name, dnsName: Fixture.domain.dnsName,
            guid: number > 1 ? domain ?? Fixture.domain.guid : Fixture.domain.guid,
            server: isOneThatComesBack ? "dc1" : "dc\(number)",
            highestCommittedUSN: 1, passwordPolicy: Fixture.domain.passwordPolicy)
        return SinkingConnection(
            servers: self, directory: directory, info: info,
            sinking: number <= sinkings.count ? sinkings[number - 1] : nil)
    }
}

private final class SinkingConnection: DirectoryConnection {
    let servers: SinkingServers
    let directory: InMemoryDirectory
    let info: Domain
    let sinking: SinkingServers.Sinking?
    private let answered = Mutex(0)

    init(
        servers: SinkingServers, directory: InMemoryDirectory, info: Domain, sinking: SinkingServers.Sinking?
    ) {
        self.servers = servers
        self.directory = directory
        self.info = info
        self.sinking = sinking
    }

    var operationCount: Int { answered.withLock { $0 } }
    func close() async {}
    func domain() async throws -> Domain { info }

    /// Reads are answers as well.
    private func answer<Value>(_ value: () async throws -> Value) async throws -> Value {
        guard answered.withLock({ $0 < sinking?.answers ?? .max }) else { throw Self.lost(.unanswered) }
        answered.withLock { $0 += 1 }
        return try await value()
    }

    private static func lost(_ kind: DirectoryFailure.Kind) -> DirectoryFailure {
        DirectoryFailure(kind: kind, message: "the connection was lost")
    }

    func container(_ name: DistinguishedName) async throws -> Container {
        try await answer { try await directory.container(name) }
    }

    func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?] {
        try await answer { try await directory.groups(names) }
    }

    func nestedGroups(in groups: [DirectoryGroupReference]) async throws -> NestedGroups {
        try await answer { try await directory.nestedGroups(in: groups) }
    }

    func users<Part: Sendable>(
        _ query: UserQuery, gatheredInto empty: Part, progress: @escaping @Sendable (Int) -> Void,
        _ gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void
    ) async throws -> GatheredUsers<Part> {
        try await answer { try await directory.users(query, gatheredInto: empty, progress: progress, gather) }
    }

    func users(_ accounts: Set<GUID>, _ query: UserQuery) async throws -> [DirectoryUser] {
        try await answer { try await directory.users(accounts, query) }
    }

    func holders(of questions: [NameQuestion], reading query: UserQuery) async throws -> [NameHolder] {
        try await answer { try await directory.holders(of: questions, reading: query) }
    }

    func passwordPolicy(of user: UserReference) async throws -> PasswordPolicy {
        try await answer { try await directory.passwordPolicy(of: user) }
    }

    func shows(_ change: DirectoryChange) async throws -> Bool {
        try await answer { try await directory.shows(change) }
    }

    func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        directory.perform(
            servers.late.withLock { late in
                defer { late = [] }
                return late
            })
        for (index, change) in changes.enumerated() {
            let over = answered.withLock { $0 } - (sinking?.answers ?? .max)
            switch over {
            case ..<0:
                directory.perform([change]) { _, result in outcome(index, result) }
            case 0:
                switch sinking?.moment {
                case .beforeItIsMade: break
                case .madeLate: servers.late.withLock { $0.append(change) }
                case .afterItIsMade, .afterAllInFlightAreMade, nil: directory.perform([change])
                }
                outcome(index, .failure(Self.lost(.unanswered)))
            case ...(sinking?.inFlight ?? 0):
                if sinking?.moment == .afterAllInFlightAreMade { directory.perform([change]) }
                if sinking?.moment == .madeLate { servers.late.withLock { $0.append(change) } }
                outcome(index, .failure(Self.lost(.unanswered)))
            default: outcome(index, .failure(Self.lost(.unreachable)))
            }
            answered.withLock { $0 += 1 }
        }
    }
}
