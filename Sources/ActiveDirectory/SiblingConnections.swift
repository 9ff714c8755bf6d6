import Directory
import LDAP
import Logging
import Synchronization

/// Further connections to the server of a first one, for as long as a large reading takes.
///
/// A domain controller works on one request of a connection at a time. What is asked on several is worked on by several
/// of its processors.
final class SiblingConnections: Sendable {
    private let configuration: LDAPConfiguration
    private let credentials: LDAPCredentials
    private let server: String
    private let operationsOfClosed = Atomic<Int>(0)

    /// - Parameters:
    ///   - configuration: names one endpoint, that of the first connection.
    ///   - server: the `dnsHostName` of the domain controller behind it.
    init(_ configuration: LDAPConfiguration, _ credentials: LDAPCredentials, of server: String) {
        self.configuration = configuration
        self.credentials = credentials
        self.server = server
    }

    /// The requests sent by siblings that were closed.
    var operationCount: Int { operationsOfClosed.load(ordering: .relaxed) }

    /// Lets `work` have a connection of its own, or none, where none is to be had: it is a matter of speed only.
    func with<Value: Sendable>(_ work: (LDAPConnection?) async throws -> Value) async throws -> Value {
        let connection = await open()
        do {
            let value = try await work(connection)
            await close(connection)
            return value
        } catch {
            await close(connection)
            throw error
        }
    }

    private func open() async -> LDAPConnection? {
        let reason: String
        do {
            let connection = try await LDAPConnection.connect(configuration)
            do {
                try await connection.bind(credentials)
                let root = try await connection.readEntry(at: .rootDSE, attributes: ["dnsHostName"])
                // One address may stand for several servers, and what one of them knows another may not know yet.
                if root["dnsHostName"].first?.string == server { return connection }
                reason = "it leads to another server than \(server)"
            } catch {
                await close(connection)
                throw error
            }
            await close(connection)
        } catch {
            reason = "\(error)"
        }
        configuration.logger.debug("no further connection to \(server), going on without: \(reason)")
        return nil
    }

    private func close(_ connection: LDAPConnection?) async {
        guard let connection else { return }
        await connection.unbind()
        operationsOfClosed.wrappingAdd(connection.operationCount, ordering: .relaxed)
    }
}
