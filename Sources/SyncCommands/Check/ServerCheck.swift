import ActiveDirectory
import Directory
import LDAP
import Logging
import SyncConfiguration

/// Each server by itself, step by step: its name, the way there, its certificate, its clock, and whether it lets us in.
struct ServerCheck: Sendable {
    let connection: ConnectionSettings
    let environment: CommandEnvironment
    let logger: Logger

    /// - Returns: the domain through the first server that lets us in, for all that is looked at after that; nil when none
    ///   does.
    func perform(_ sheet: inout CheckSheet) async throws -> ActiveDirectoryDomain? {
        try sheet.begin(.servers)
        let credentials: LDAPCredentials
        let configuration: LDAPConfiguration
        do {
            credentials = try connection.credentials(environment)
            configuration = try await connection.ldapConfiguration(logger: logger)
        } catch let failure as LocationFailure {
            sheet.fault("server", failure)
            return nil
        } catch {
            sheet.fault("bind", error)
            return nil
        }
        if case .domain(let domain) = connection.servers {
            let names = configuration.endpoints.map(\.description).joined(separator: ", ")
            sheet.ok("server", "the DNS names for \(domain): \(names)")
        }
        if configuration.tls.verify, let fault = configuration.tls.faultOfCAFile {
            sheet.fault("tls.ca_file", fault, .badConfiguration)
            return nil
        }
        if !configuration.tls.verify {
            sheet.note("tls.verify", "is false: whoever stands between can read along and answer in a server's place")
        }
        var first: ActiveDirectoryDomain?
        var isRefused = false
        for endpoint in configuration.endpoints {
            guard await examine(endpoint, configuration, &sheet) else { continue }
            guard !isRefused else {
                sheet.note(
                    "\(endpoint)",
                    "not signed in to: the answer would be the same, and too many refusals lock an account")
                continue
            }
            var own = configuration
            own.endpoints = [endpoint]
            do {
                let domain = try await ActiveDirectoryDomain.open(
                    own, as: credentials, connections: connection.connections)
                try await compare(domain, with: first, at: endpoint, &sheet)
                if first == nil { first = domain } else { await domain.close() }
            } catch {
                isRefused = isRefusal(error)
                sheet.fault("\(endpoint)", advised(error))
            }
        }
        return first
    }

    /// - Returns: whether it can be signed in to.
    private func examine(
        _ endpoint: LDAPURI, _ configuration: LDAPConfiguration, _ sheet: inout CheckSheet
    ) async -> Bool {
        let examination = await LDAPServerExamination.examine(endpoint, configuration)
        let address = examination.addresses == [endpoint.host] ? "" : examination.addresses.joined(separator: ", ")
        switch examination.outcome {
        case .failed(let failure):
            let place = address.isEmpty ? "" : " (\(address))"
            sheet.fault("\(endpoint)", "\(failure)\(place): \(failure.advice)", .unavailable)
            return false
        case .unencrypted:
            // Kerberos signs and encrypts by itself; the configuration refuses everything else.
            sheet.ok("\(endpoint)", ["answers, without TLS", address].filter { !$0.isEmpty }.joined(separator: ", "))
        case .encrypted(let version, let certificate):
            let parts = [address, version, certificate.map(words) ?? "no certificate"]
            sheet.ok("\(endpoint)", parts.filter { !$0.isEmpty }.joined(separator: ", "))
            if let certificate, let days = daysLeft(certificate), days < Self.soon {
                sheet.note(
                    "\(endpoint)", "the certificate ends in \(days) days: renew it on the domain controller before then"
                )
            }
        }
        return true
    }

    private func words(_ certificate: TLSFailure.Certificate) -> String {
        let days = daysLeft(certificate).map { " (\($0) days)" } ?? ""
        return "certificate of \(certificate.subject), issued by \(certificate.issuer), good until "
            + "\(certificate.notAfter)\(days)"
    }

    private func daysLeft(_ certificate: TLSFailure.Certificate) -> Int64? {
        Timestamp(iso8601: certificate.notAfter).map { $0.seconds(since: environment.now()) / 86_400 }
    }

    /// Below that many days a certificate is soon to end.
    private static let soon: Int64 = 30

    private func compare(
        _ domain: ActiveDirectoryDomain, with first: ActiveDirectoryDomain?, at endpoint: LDAPURI,
        _ sheet: inout CheckSheet
    ) async throws {
        let info = try await domain.domain()
        if let first = try await first?.domain(), first.guid != info.guid {
            sheet.fault(
                "\(endpoint)",
                "serves the domain \(info.dnsName), and the first server \(first.dnsName): "
                    + "server takes the domain controllers of one domain", .badConfiguration)
        }
        switch DirectoryClock.verdict(on: environment.now(), against: info) {
        case .unknown:
            sheet.note("\(endpoint)", "does not tell its time: nothing shows that this machine's clock is right")
        case .close(let seconds):
            sheet.ok(
                "\(endpoint)",
                "lets \(connection.account) in; its clock is "
                    + (abs(seconds) < 2 ? "the same" : "\(abs(seconds)) seconds \(seconds > 0 ? "behind" : "ahead")"))
        case .apart(let finding, let isTooFar):
            sheet.ok("\(endpoint)", "lets \(connection.account) in")
            if isTooFar {
                sheet.fault(
                    "\(endpoint)", "\(finding): no expiry can be told by it. Set the one that is wrong", .tryAgain)
            } else {
                sheet.note("\(endpoint)", "\(finding): set the one that is wrong")
            }
        }
    }

    /// Whether asking another server would be the same again.
    private func isRefusal(_ error: any Error) -> Bool {
        switch error {
        case let failure as DirectoryFailure: failure.kind == .signInRefused
        case let failure as KerberosFailure: failure.kind != .unknownServer
        default: false
        }
    }

    /// A refusal with what to do about it.
    private func advised(_ error: any Error) -> any Error {
        guard let failure = error as? DirectoryFailure, failure.kind == .signInRefused else { return error }
        return CommandFailure(
            .notAuthorised,
            "\(failure.message): see that bind.user and the password are those of an account that may sign in")
    }
}

extension LDAPConnectFailure {
    /// What to do about it.
    var advice: String {
        switch self {
        case .nameNotResolved: "see that the name is right, and that this machine asks the DNS server of the domain"
        case .refused: "see that it is a domain controller, and that the port is right (636 for ldaps)"
        case .unreachable, .timedOut: "see that the machine runs, and that a firewall lets this port through"
        case .tls(let failure): failure.advice
        case .local: "see to this machine"
        }
    }
}

extension TLSFailure {
    fileprivate var advice: String {
        switch reason {
        case .expired: "renew it on the domain controller"
        case .notYetValid: "set the clock that is wrong"
        case .selfSigned, .unknownIssuer: "put the certificate of the authority that issued it into tls.ca_file"
        case .hostNameMismatch: "name the server as its certificate does"
        case .protocolTooOld: "allow a newer TLS on the server, or lower tls.minimum_version"
        case .notTLS, .closedDuringHandshake: "use port 636 for ldaps, or ldap:// with tls.start_tls"
        case .startTLSRefused: "give the domain controller a certificate, or use ldaps://"
        case .certificate, .handshake, .unexplained: "see the server's certificate: openssl s_client -connect HOST:636"
        }
    }
}
