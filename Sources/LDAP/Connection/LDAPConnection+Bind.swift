import CLDAP

extension LDAPConnection {
    /// Authenticates this connection (RFC 4511 section 4.2).
    ///
    /// Refused here, before anything is sent: an empty name or password, which a server would take for an anonymous
    /// bind and answer with success (RFC 4513 section 5.1.2), and a password over an unencrypted connection, whatever
    /// the server would accept. Nothing else may be sent before this returns.
    ///
    /// - Throws: ``LDAPError``; ``LDAPResultCode/invalidCredentials`` with ``LDAPError/diagnosticData`` where Active
    ///   Directory refuses. ``KerberosFailure``, `CancellationError`.
    public func bind(_ credentials: LDAPCredentials) async throws {
        switch credentials {
        case .simple(let user, let password): try await bindSimple(user, password)
        case .gssapi(let identity): try await bindKerberos(identity)
        }
    }

    private func bindSimple(_ user: String, _ password: LDAPPassword) async throws {
        let operation = LDAPOperation.bind(user: user, endpoint: endpoint)
        func refusal(_ code: LDAPResultCode, _ reason: String) -> LDAPError {
            LDAPError(code: code, delivery: .notSent, operation: operation.description, reason: reason)
        }
        guard !user.isEmpty else { throw refusal(.parameterError, "the user name is empty") }
        // libldap takes a C string: what follows a NUL would be lost, and another user bound.
        guard !user.utf8.contains(0) else { throw refusal(.parameterError, "the user name contains a NUL") }
        guard !password.isEmpty else { throw refusal(.parameterError, "the password is empty") }
        // One that is lost already is told as such, with the reason.
        let handle = try usableHandle(for: operation)
        guard handle.isEncrypted else {
            throw refusal(.confidentialityRequired, "a password does not cross an unencrypted connection")
        }
        guard pending.isEmpty else {
            // RFC 4511 section 4.2.1: what is outstanding would be answered under either identity.
            throw refusal(.parameterError, "other requests are still waiting for their answers")
        }
        let response = try await response(to: operation) { handle, identifier in
            handle.sendBind(user: user, password: password, &identifier)
        }
        guard response.code == .success else { throw response.error(in: operation) }
        boundIdentity = .user(user)
    }
}
