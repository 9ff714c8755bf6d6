import Foundation
import Glibc
import LDAP
import Synchronization

/// A TCP relay to a server, which the test can cut like a cable. Runs until the test process ends.
final class Relay: Sendable {
    let port: UInt16
    private let listener: Int32
    private let sockets = Mutex<[Int32]>([])

    init(to endpoint: LDAPURI) throws {
        (listener, port) = try Loopback.listen()
        Thread.detachNewThread {
            while case let near = accept(self.listener, nil, nil), near >= 0 {
                guard let far = Loopback.connect(to: endpoint.port, at: endpoint.host) else { continue }
                self.sockets.withLock { $0 += [near, far] }
                Thread.detachNewThread { Self.pump(from: near, to: far) }
                Thread.detachNewThread { Self.pump(from: far, to: near) }
            }
        }
    }

    /// Ends every connection, in both directions.
    func cut() {
        for socket in sockets.withLock({ $0 }) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private static func pump(from source: Int32, to target: Int32) {
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = recv(source, &chunk, chunk.count, 0), count > 0 {
            Loopback.send(Array(chunk[..<count]), to: target)
        }
        shutdown(target, Int32(SHUT_WR))
    }
}
