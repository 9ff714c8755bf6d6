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

    /// Connects, and when the TLS handshake fails, finds out why.
    private func open() throws(LDAPConnectFailure) {
        do throws(OpeningFailure) {
            handle = try openHandle()
        } catch {
            switch error {
            case .known(let failure): throw failure
            case .handshake(let words):
                // The failed connection is closed by now: some servers serve one at a time.
                throw TLSProbe.failure(of: endpoint, configuration, libraryWords: words)
            }
        }
        setEncrypted(handle?.isEncrypted == true)
        lastSignOfLife = .now
        let version = handle?.text(LDAP_OPT_X_TLS_VERSION)
        configuration.logger.debug("connected to \(endpoint), \(version.map { "encrypted by \($0)" } ?? "unencrypted")")
    }

    private enum OpeningFailure: Error {
        case known(LDAPConnectFailure)
        /// The handshake failed, and libldap's words say little.
        case handshake(words: String)
    }

    /// TCP, then StartTLS where it is configured, then the handshake.
    private func openHandle() throws(OpeningFailure) -> LDAPHandle {
        let limit = configuration.timeouts.connect
        let deadline = ContinuousClock.now + limit
        let socket: Socket
        do throws(LDAPConnectFailure) {
            socket = try Socket.connect(to: endpoint, within: limit)
        } catch {
            throw .known(error)
        }
        socket.prepareForSession(peerMayBeSilentFor: configuration.timeouts.operation)
        guard let handle = LDAPHandle(socket, endpoint: endpoint) else {
            throw .known(.local("libldap has no memory left"))
        }
        handle.setProtocolOptions()
        if endpoint.scheme == .ldaps || configuration.startTLS {
            let watchdog = HandshakeWatchdog(over: handle.socket, until: deadline)
            defer { watchdog.stop() }
            do throws(OpeningFailure) {
                if endpoint.scheme == .ldap { try startTLS(handle, until: deadline) }
                try encrypt(handle)
            } catch {
                throw watchdog.hasFired || ContinuousClock.now >= deadline ? .known(.timedOut) : error
            }
        }
        handle.limitReads(to: .milliseconds(100))
        return handle
    }

    /// Asks the server to change to TLS (RFC 4511 section 4.14).
    private func startTLS(_ handle: LDAPHandle, until deadline: ContinuousClock.Instant) throws(OpeningFailure) {
        var identifier: Int32 = 0
        guard ldap_start_tls(handle.pointer, nil, nil, &identifier) == LDAP_SUCCESS else {
            throw .known(.tls(TLSFailure(.startTLSRefused(handle.lastFailure().words))))
        }
        requestCounter.wrappingAdd(1, ordering: .relaxed)
        switch handle.waitForAnswer(to: identifier, within: deadline - .now) {
        case .nothing: throw .known(.timedOut)
        case .failed: throw .known(.tls(TLSFailure(.closedDuringHandshake)))
        case .message(let message):
            let response = handle.response(in: message)
            guard response.code == .success else {
                let words = "\(response.code) \(response.diagnostic.withoutControlCharacters)"
                throw .known(.tls(TLSFailure(.startTLSRefused(words))))
            }
        }
    }

    private func encrypt(_ handle: LDAPHandle) throws(OpeningFailure) {
        if let words = handle.setTLSOptions(configuration.tls) { throw .known(.tls(TLSFailure(.handshake(words)))) }
        guard ldap_install_tls(handle.pointer) == LDAP_SUCCESS, handle.isEncrypted else {
            throw .handshake(words: handle.lastFailure().words)
        }
        // Whatever library does the TLS, and whatever it makes of its options: the version counts that came out.
        guard let version = handle.tlsVersion, version >= configuration.tls.minimumVersion else {
            throw .known(.tls(TLSFailure(.protocolTooOld(minimum: configuration.tls.minimumVersion))))
        }
    }
}
