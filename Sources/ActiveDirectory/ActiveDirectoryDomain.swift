import AccessControl
public import Directory
import DistinguishedNames
public import LDAP
import Logging

/// One domain, spoken to through one connection, and for large readings a few more: both ports of the sync.
public struct ActiveDirectoryDomain: DirectoryConnection {
    let connection: LDAPConnection
    let siblings: SiblingConnections
    /// How many connections a large reading is divided among.
    let connections: Int
    let info: Domain
    /// The account this tool signs in with; it must never work on itself. Nil when the server does not tell.
    let ownAccount: GUID?
    /// See ``LDAPSearchRequest/rangeStep``.
    let rangeStep: Int?

    /// Connects, signs in and gets to know the domain.
    ///
    /// - Parameters:
    ///   - connections: how many a large reading may use at once; 1 for no more than this one.
    ///   - rangeStep: asks for multi-valued attributes in slices, as Windows imposes them; for tests on servers that do
    ///     not.
    /// - Throws: `LDAPConnectError` when no server can be used; `KerberosFailure` when there is no ticket to sign in with;
    ///   ``DirectoryFailure`` when signing in or reading fails.
    public static func open(
        _ configuration: LDAPConfiguration, as credentials: LDAPCredentials, connections: Int = 1, rangeStep: Int? = nil
    ) async throws -> ActiveDirectoryDomain {
        let connection = try await LDAPConnection.connect(configuration)
        do {
            try await connection.bind(credentials)
            let (info, ownAccount) = try await readDomain(connection)
            var siblings = configuration
            siblings.endpoints = [connection.endpoint]
            return ActiveDirectoryDomain(
                connection: connection, siblings: SiblingConnections(siblings, credentials, of: info.server),
                connections: connections, info: info, ownAccount: ownAccount, rangeStep: rangeStep)
        } catch let failure as KerberosFailure where failure.kind == .refused {
            throw DirectoryFailure(kind: .signInRefused, message: failure.description)
        } catch let error as LDAPError where error.code == .invalidCredentials {
            throw DirectoryFailure(
                kind: .signInRefused, resultCode: Int(error.code.rawValue),
                message: "\(connection.endpoint) refuses the sign-in: \(SignInRefusal(error).sentence)")
        } catch let error as LDAPError {
            throw DirectoryFailure(reading: error)
        }
    }

    /// The server that accepted.
    public var endpoint: LDAPURI { connection.endpoint }

    /// Closes the connection.
    public func close() async { await connection.unbind() }

    private static func readDomain(_ connection: LDAPConnection) async throws -> (Domain, ownAccount: GUID?) {
        let root = try await connection.readEntry(
            at: .rootDSE,
            attributes: ["currentTime", "defaultNamingContext", "dnsHostName", "highestCommittedUSN", "tokenGroups"])
        guard let context = root["defaultNamingContext"].first?.string,
            let name = try? DistinguishedName(parsing: context), let dnsName = name.dnsDomain
        else {
            throw DirectoryFailure(
                kind: .malformed, message: "\(connection.endpoint) is no Active Directory domain controller")
        }
        // Both at once: on a long way, it is the number of turns that counts.
        async let ownAccount = readOwnAccount(
            root["tokenGroups"].first.flatMap { SecurityIdentifier($0.bytes) }, connection)
        let head = try await connection.readEntry(
            at: .distinguishedName(name), attributes: [.objectGUID, "minPwdLength", "pwdProperties"])
        guard let guid = head[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
            throw DirectoryFailure(
                kind: .notAuthorised, message: "the objectGUID of the domain \(name) cannot be read")
        }
        let policy = PasswordPolicy(
            minimumLength: head["minPwdLength"].first?.string.flatMap { Int($0) } ?? 0,
            requiresComplexity: (head["pwdProperties"].first?.string.flatMap { Int($0) } ?? 0) & 1 == 1,
            source: .domain)
        let domain = Domain(
            name: name, dnsName: dnsName, guid: guid,
            server: root["dnsHostName"].first?.string ?? connection.endpoint.host,
            highestCommittedUSN: root["highestCommittedUSN"].first?.string.flatMap { Int64($0) } ?? 0,
            currentTime: root["currentTime"].first?.string.flatMap { Timestamp(generalizedTime: $0) },
            passwordPolicy: policy)
        return (domain, try await ownAccount)
    }

    /// The first of the token's identifiers is the account's own ([MS-ADTS] 3.1.1.3.2.28).
    private static func readOwnAccount(
        _ identifier: SecurityIdentifier?, _ connection: LDAPConnection
    ) async throws -> GUID? {
        guard let identifier else { return nil }
        let account = try await connection.readEntry(at: .sid(identifier.octets), attributes: [.objectGUID])
        return account[.objectGUID].first.flatMap { GUID(directoryBytes: $0.bytes) }
    }
}

/// Why a sign-in was refused, from the number AD hides in its diagnostic ([MS-ADTS] 5.1.1.5 and common practice).
struct SignInRefusal {
    let sentence: String

    init(_ error: LDAPError) {
        sentence =
            switch error.diagnosticData {
            case 0x525, 0x52E: "the user or the password is wrong"
            case 0x530: "the account may not sign in at this time of day"
            case 0x531: "the account may not sign in from this machine"
            case 0x532: "the account's password has expired"
            case 0x533: "the account is disabled"
            case 0x701: "the account has expired"
            case 0x773: "the account's password must be changed first"
            case 0x775: "the account is locked"
            default: error.description
            }
    }
}
