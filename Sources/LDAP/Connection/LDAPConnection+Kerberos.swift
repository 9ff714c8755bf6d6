import CLDAP
import Logging
import Synchronization

extension LDAPConnection {
    /// Binds with a Kerberos ticket (RFC 4752). What is sent from then on is encrypted, by TLS or by the ticket's key.
    ///
    /// Getting the ticket blocks this connection's own thread, and so does the bind: nothing else is under way yet.
    func bindKerberos(_ identity: KerberosIdentity) async throws {
        try await Task.detached { try await self.performKerberosBind(identity) }.valueUnlessCallerIsCancelled()
    }

    private func performKerberosBind(_ identity: KerberosIdentity) throws {
        let operation = LDAPOperation.bind(user: identity.description, endpoint: endpoint)
        let handle = try usableHandle(for: operation)
        guard pending.isEmpty else {
            throw LDAPError(
                code: .parameterError, delivery: .notSent, operation: operation.description,
                reason: "other requests are still waiting for their answers")
        }
        let tickets = try KerberosTickets(identity, forLDAPOn: endpoint.host)
        handle.setSASLOptions()
        let deadline = ContinuousClock.now + configuration.timeouts.operation
        let outcome = tickets.use {
            handle.bindSASL(mechanism: "GSSAPI", until: deadline) {
                requestCounter.wrappingAdd(1, ordering: .relaxed)
            }
        }
        lastSignOfLife = .now
        switch outcome {
        case .finished(.success, _): break
        case .finished(let code, let words): throw failure(code, words, handle, operation)
        case .timedOut:
            lose(because: "it did not answer the bind")
            throw LDAPError(
                code: .timeout, delivery: .unanswered, operation: operation.description,
                reason: "no answer for \(configuration.timeouts.operation)")
        case .lost(let words):
            lose(because: words)
            throw LDAPError(
                code: .serverDown, delivery: .unanswered, operation: operation.description,
                reason: "the connection to \(endpoint) was lost: \(words)")
        }
        let strength = handle.saslStrength
        guard handle.isEncrypted || strength >= LDAPHandle.minimumStrength else {
            lose(because: "the bind left it unencrypted")
            throw KerberosFailure(
                .unusable,
                "\(endpoint) would go on with an encryption of \(strength) bits, and \(LDAPHandle.minimumStrength) are "
                    + "needed: let the domain use AES (msDS-SupportedEncryptionTypes 24)")
        }
        setEncrypted(true)
        boundIdentity = .kerberos
        let protection = handle.isEncrypted ? "inside TLS" : "signed and encrypted with \(strength) bits"
        configuration.logger.debug("signed in to \(endpoint) as \(tickets.owner) with Kerberos, \(protection)")
    }

    private func failure(
        _ code: LDAPResultCode, _ words: String, _ handle: LDAPHandle, _ operation: LDAPOperation
    ) -> any Error {
        switch code {
        case .authenticationUnknown:
            KerberosFailure(
                .unusable,
                "SASL cannot do Kerberos here (\(words)): install its module, on Debian `apt-get install "
                    + "libsasl2-modules-gssapi-mit`")
        case .strongerAuthRequired where handle.isEncrypted:
            KerberosFailure(
                .unusable,
                "\(endpoint) takes no Kerberos inside TLS (\(words)): use ldap:// without tls.start_tls, where Kerberos "
                    + "itself signs and encrypts everything")
        case .invalidCredentials:
            KerberosFailure(
                .refused,
                "\(endpoint) does not take the Kerberos ticket: \(words): see that the name in `server` is the domain "
                    + "controller's own, that the clocks agree, and that the account may sign in to it")
        default:
            LDAPError(
                code: code, delivery: code.isFromServer ? .answered : .notSent, operation: operation.description,
                reason: code.isFromServer ? nil : words, serverDiagnostic: code.isFromServer ? words : "")
        }
    }
}
