import ActiveDirectory
import Directory
import LDAP
import SyncConfiguration

/// How the domain is reached, found out by reaching it.
struct InitConnection: Sendable {
    let server: InitServer
    let caFile: String?
    let user: String
    let password: InitPassword
    let domain: ActiveDirectoryDomain
}

/// The first part of the dialogue: server, certificate, account.
struct InitSignIn: Sendable {
    let options: InitOptions
    let dialogue: InitDialogue
    let environment: CommandEnvironment

    func perform() async throws -> InitConnection {
        let (server, caFile) = try await dialogue.settle(
            "--server", options.server, "Domain controller, or DNS name of the domain"
        ) { text in
            let server = try await InitServer.find(text)
            return (server, try await trust(server))
        }
        return try await signIn(to: server, caFile)
    }

    // MARK: the certificate

    /// - Returns: the CA file by which one of the servers is to be trusted; nil for the system's authorities.
    private func trust(_ server: InitServer) async throws -> String? {
        var caFile = options.caFile
        if let caFile {
            do {
                try checkCAFile(caFile)
            } catch {
                throw error.failure(of: "--ca-file")
            }
        }
        while true {
            var failures: [String] = []
            var stranger: (endpoint: LDAPURI, certificate: TLSFailure.Certificate)?
            for endpoint in server.endpoints {
                let examination = await LDAPServerExamination.examine(endpoint, server.configuration(caFile: caFile))
                try Task.checkCancellation()
                guard case .failed(let failure) = examination.outcome else { return caFile }
                failures.append("\(endpoint): \(failure): \(failure.advice)")
                if case .tls(let failure) = failure, failure.isAboutTheIssuer, let certificate = failure.certificate {
                    stranger = (endpoint, certificate)
                }
            }
            guard let stranger else { throw InitRefusal(.unavailable, failures.joined(separator: "; ")) }
            guard dialogue.isPossible, options.caFile == nil else {
                throw CommandFailure(
                    .unavailable,
                    "\(failures.joined(separator: "; ")): name that file with --ca-file; nothing was written")
            }
            caFile = try await askForCAFile(stranger.endpoint, stranger.certificate)
        }
    }

    private func askForCAFile(_ endpoint: LDAPURI, _ certificate: TLSFailure.Certificate) async throws -> String {
        dialogue.say(
            """
            Nothing here vouches for the certificate of \(endpoint):
                subject  \(certificate.subject.printable)
                issuer   \(certificate.issuer.printable)
            Who trusts it without proof may be talking to anybody. The administrator of the domain has the certificate of \
            the authority that issued it.
            """)
        return try await dialogue.settle("--ca-file", nil, "File with that authority's certificate, as PEM") { file in
            try checkCAFile(file)
            return file
        }
    }

    private func checkCAFile(_ file: String) throws(InitRefusal) {
        if let fault = LDAP.TLSSettings(caFile: file).faultOfCAFile { throw InitRefusal(.badConfiguration, fault) }
    }

    // MARK: the account

    private func signIn(to server: InitServer, _ caFile: String?) async throws -> InitConnection {
        var user: String?
        for attempt in 1... {
            let account = try await dialogue.settle(
                "--user", options.user, "Account to sign in as, such as svc-sync@example.test", suggestion: user
            ) { text in
                // The server refuses a bare name with the same words as a wrong password.
                guard text.contains(where: { "@\\=".contains($0) }) else {
                    throw InitRefusal(
                        .usage, "\(text.printable) lacks its domain: user@domain, DOMAIN\\user or a distinguished name")
                }
                return text
            }
            let password = try InitPassword.find(options, account, dialogue, environment)
            do {
                let domain = try await ActiveDirectoryDomain.open(
                    server.configuration(caFile: caFile),
                    as: .simple(user: account, password: LDAPPassword(password.secret.reveal())))
                return InitConnection(
                    server: server, caFile: caFile, user: account, password: password, domain: domain)
            } catch let failure as DirectoryFailure where failure.kind == .signInRefused {
                // Too many refusals lock the account.
                guard case .typed = password.origin, attempt < Self.attempts else {
                    throw CommandFailure(.notAuthorised, "\(failure.message); nothing was written")
                }
                dialogue.say("\(failure.message).")
                user = account
            }
        }
        throw CommandFailure(.notAuthorised, "the sign-in is refused; nothing was written")
    }

    private static let attempts = 3
}

extension TLSFailure {
    /// Whether the right CA file would put it right.
    fileprivate var isAboutTheIssuer: Bool {
        switch reason {
        case .selfSigned, .unknownIssuer: true
        default: false
        }
    }
}
