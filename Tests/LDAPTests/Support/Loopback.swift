import Glibc

/// Sockets on 127.0.0.1.
enum Loopback {
    struct Failure: Error {
        let words: String
    }

    /// A listening socket on a port that is free.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        let bound = try bind()
        guard Glibc.listen(bound.socket, 16) == 0 else { throw Failure(words: String(cString: strerror(errno))) }
        return bound
    }

    /// A port on which nothing listens, and which nobody else gets while the test process runs.
    static func deafPort() throws -> UInt16 {
        try bind().port
    }

    /// A UDP socket on a port that is free.
    static func bindDatagrams() throws -> (socket: Int32, port: UInt16) { try bind(SOCK_DGRAM) }

    private static func bind(_ type: __socket_type = SOCK_STREAM) throws -> (socket: Int32, port: UInt16) {
        let socket = Glibc.socket(AF_INET, Int32(type.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(socket, address, size) == 0 && getsockname(socket, address, &size) == 0
            }
        }
        guard isBound else { throw Failure(words: String(cString: strerror(errno))) }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    static func connect(to port: UInt16, at address: String = "127.0.0.1") -> Int32? {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var peer = sockaddr_in()
        peer.sin_family = sa_family_t(AF_INET)
        peer.sin_port = port.bigEndian
        inet_pton(AF_INET, address, &peer.sin_addr)
        let status = withUnsafePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.connect(connection, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(connection)
            return nil
        }
        return connection
    }

    static func send(_ bytes: [UInt8], to socket: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}
