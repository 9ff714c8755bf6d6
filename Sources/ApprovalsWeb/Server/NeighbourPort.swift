import Glibc

/// Keeps the same port of `[::1]` from everybody else, without listening there.
///
/// Browsers know a name below `localhost` by both loopback addresses, and may try `[::1]` first: whoever listened there
/// would be sent the entrance's token and the cookie. A socket that is bound and does not listen refuses them, and they
/// go on to 127.0.0.1; and since it does not share its address, nobody else can bind it.
final class NeighbourPort: Sendable {
    let port: UInt16
    private let descriptor: Int32

    /// - Parameter port: nil for any free one.
    /// - Returns: nil where there is no IPv6, and so nobody to keep away.
    /// - Throws: ``ServerError``; it fails closed, since who has the port there would be sent the token.
    static func reserve(_ port: UInt16?) throws(ServerError) -> NeighbourPort? {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            guard errno == EAFNOSUPPORT else { throw .cannotListen(String(cString: strerror(errno))) }
            return nil
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = (port ?? 0).bigEndian
        address.sin6_addr = in6addr_loopback
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else {
            let code = errno
            close(descriptor)
            if code == EADDRNOTAVAIL { return nil }
            if code == EADDRINUSE, let port { throw .portInUse(port) }
            throw .cannotListen(String(cString: strerror(code)))
        }
        return NeighbourPort(port: UInt16(bigEndian: address.sin6_port), descriptor: descriptor)
    }

    private init(port: UInt16, descriptor: Int32) {
        self.port = port
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
