import Glibc

/// A TCP socket until it is handed to libldap; closed with its owner.
struct Socket: ~Copyable {
    let descriptor: Int32

    /// Connects to the first address of the host that accepts.
    ///
    /// The time limit is for all addresses together: each gets its share of what is left, so that one that swallows
    /// packets leaves time for the next. Resolving the name is not bounded by it, but by the resolver's own settings.
    ///
    /// - Throws: why the last address failed.
    static func connect(to endpoint: LDAPURI, within limit: Duration) throws(LDAPConnectFailure) -> Socket {
        let deadline = ContinuousClock.now + limit
        return try withAddresses(of: endpoint) { candidates throws(LDAPConnectFailure) in
            var failure = LDAPConnectFailure.nameNotResolved("it has no address")
            for (index, address) in candidates.enumerated() {
                let now = ContinuousClock.now
                do throws(LDAPConnectFailure) {
                    return try connect(to: address, until: now + (deadline - now) / (candidates.count - index))
                } catch {
                    failure = error
                }
            }
            throw failure
        }
    }

    /// The addresses of the host in figures, in the order they are tried.
    static func addresses(of endpoint: LDAPURI) throws(LDAPConnectFailure) -> [String] {
        try withAddresses(of: endpoint) { candidates throws(LDAPConnectFailure) in
            candidates.compactMap { address in
                var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
                let status = getnameinfo(
                    address.ai_addr, address.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
                return status == 0 ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self) : nil
            }
        }
    }

    private static func withAddresses<Result: ~Copyable>(
        of endpoint: LDAPURI, _ body: ([addrinfo]) throws(LDAPConnectFailure) -> Result
    ) throws(LDAPConnectFailure) -> Result {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var addresses: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(endpoint.host, String(endpoint.port), &hints, &addresses)
        guard status == 0 else { throw .nameNotResolved(String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(addresses) }
        return try body(
            sequence(first: addresses) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { $0?.pointee })
    }

    private static func connect(
        to address: addrinfo,
        until deadline: ContinuousClock.Instant
    ) throws(LDAPConnectFailure) -> Socket {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, type, 0)
        guard descriptor >= 0 else { throw LDAPConnectFailure(systemError: errno) }
        let socket = Socket(descriptor: descriptor)
        if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return socket }
        guard errno == EINPROGRESS else { throw LDAPConnectFailure(systemError: errno) }

        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&waiting, 1, ContinuousClock.now.milliseconds(until: deadline)) > 0 else { throw .timedOut }
        var status: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &size)
        guard status == 0 else { throw LDAPConnectFailure(systemError: status) }
        return socket
    }

    deinit {
        close(descriptor)
    }

    /// Gives the descriptor away; whoever takes it closes it.
    consuming func take() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}

extension Socket {
    /// Small requests leave at once, and a peer that vanished is noticed when what was sent stays unacknowledged for
    /// longer than `limit`. From here on the socket blocks, as libldap expects.
    func prepareForSession(peerMayBeSilentFor limit: Duration) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(SOL_SOCKET, SO_KEEPALIVE, 1)
        set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, limit.milliseconds)
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
