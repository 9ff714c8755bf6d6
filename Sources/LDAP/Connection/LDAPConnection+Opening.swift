import CLDAP
import Logging
import Synchronization

extension LDAPConnection {
    /// Connects to the first of the configured servers that accepts; nobody is bound yet.
    ///
    /// The certificate and the host name are verified as `tls` says. A failure of one server is logged and the next one
    /// is tried.
    ///
    /// - Throws: ``LDAPConnectError`` with the reason for each server, or `CancellationError`, at once even while a
    ///   server keeps us waiting.
    public static func connect(_ configuration: LDAPConfiguration) async throws -> LDAPConnection {
        guard !configuration.endpoints.isEmpty else { throw LDAPConnectError.noEndpoints }
        if configuration.tls.verify, let path = configuration.tls.caFile, let fault = TLSProbe.fault(inCAFile: path) {
            throw LDAPConnectError.unusableCAFile(path: path, reason: fault)
        }
        // A task of its own, because a TLS handshake cannot be interrupted: when the caller is cancelled, it is left to
        // its time limit, and what comes of it is dropped.
        return try await Task.detached { try await connectToFirst(configuration) }.valueUnlessCallerIsCancelled()
    }

    private static func connectToFirst(_ configuration: LDAPConfiguration) async throws -> LDAPConnection {
        var attempts: [LDAPConnectError.Attempt] = []
        for endpoint in configuration.endpoints {
            try Task.checkCancellation()
            do {
                guard let thread = ConnectionThread() else {
                    throw LDAPConnectFailure.local("no thread can be started")
                }
                let connection = LDAPConnection(to: endpoint, configuration, on: thread)
                try await connection.open()
                return connection
            } catch let failure as LDAPConnectFailure {
                let attempt = LDAPConnectError.Attempt(endpoint: endpoint, failure: failure)
                configuration.logger.debug("could not connect to \(attempt)")
                attempts.append(attempt)
            }
        }
        throw LDAPConnectError.allEndpointsFailed(attempts)
    }

    /// TCP, then StartTLS where it is configured, then the handshake.
    private func open() throws(LDAPConnectFailure) {
        let limit = configuration.timeouts.connect
        let deadline = ContinuousClock.now + limit
        let socket = try Socket.connect(to: endpoint, within: limit)
        SocketOption.prepareForSession(
            socket.descriptor,
            peerMayBeSilentFor: configuration.timeouts.operation
        )
        guard let handle = LDAPHandle(socket, endpoint: endpoint) else { throw .local("libldap has no memory left") }
        handle.setProtocolOptions()

        if endpoint.scheme == .ldaps || configuration.startTLS {
            if endpoint.scheme == .ldap { try startTLS(handle, until: deadline) }
            try encrypt(handle, until: deadline)
        }
        SocketOption.limitReads(handle.socket, to: .milliseconds(100))
        setEncrypted(handle.isEncrypted)
        lastSignOfLife = .now
        self.handle = handle
        configuration.logger.debug(
            "connected to \(endpoint), \(handle.text(LDAP_OPT_X_TLS_VERSION).map { "encrypted by \($0)" } ?? "unencrypted")"
        )
    }

    /// Asks the server to change to TLS (RFC 4511 section 4.14).
    private func startTLS(_ handle: LDAPHandle, until deadline: ContinuousClock.Instant) throws(LDAPConnectFailure) {
        var identifier: Int32 = 0
        guard ldap_start_tls(handle.pointer, nil, nil, &identifier) == LDAP_SUCCESS else {
            throw .tls(TLSFailure(.startTLSRefused(handle.lastFailure().words)))
        }
        requestCounter.wrappingAdd(1, ordering: .relaxed)
        guard let message = handle.wait(for: identifier, within: deadline - .now) else {
            throw ContinuousClock.now >= deadline ? .timedOut : .tls(TLSFailure(.closedDuringHandshake))
        }
        let response = handle.response(in: message)
        guard response.code == .success else {
            throw .tls(TLSFailure(.startTLSRefused("\(response.code) \(response.diagnostic.withoutControlCharacters)")))
        }
    }

    private func encrypt(_ handle: LDAPHandle, until deadline: ContinuousClock.Instant) throws(LDAPConnectFailure) {
        let settings = configuration.tls
        if let words = handle.setTLSOptions(settings, handshakeLimit: deadline - .now) {
            throw .tls(TLSFailure(.handshake(words)))
        }
        let status = ldap_install_tls(handle.pointer)
        guard status == LDAP_SUCCESS, handle.isEncrypted else {
            // A server that keeps silent would keep the probe waiting for as long again.
            guard status != LDAP_TIMEOUT, ContinuousClock.now < deadline else { throw .timedOut }
            throw TLSProbe.failure(
                of: endpoint,
                startTLS: endpoint.scheme == .ldap,
                caFile: settings.verify ? settings.caFile ?? TLSSettings.systemCAFile : nil,
                minimumVersion: settings.minimumVersion,
                within: configuration.timeouts.connect,
                libraryWords: handle.lastFailure().words
            )
        }
        // Whatever library does the TLS, and whatever it makes of its options: the version counts that came out.
        let version = handle.text(LDAP_OPT_X_TLS_VERSION) ?? ""
        guard let number = version.split(separator: "v").last.map({ $0.hasPrefix("TLS") ? $0.dropFirst(3) : $0 }),
            let negotiated = TLSSettings.Version(rawValue: String(number)), negotiated >= settings.minimumVersion
        else { throw .tls(TLSFailure(.protocolTooOld(minimum: settings.minimumVersion))) }
    }
}
