import Foundation
import Glibc
import LDAP
import Synchronization

/// An LDAP server of which the test is the brain: it sees each request and says what is sent back.
///
/// Plain TCP on a loopback port of its own, served until the test process ends. Every connection has its thread.
final class ScriptedServer: Sendable {
    /// A request as it arrived.
    struct Request: Sendable {
        let identifier: Int
        /// The tag of the protocol operation, RFC 4511 section 4.
        let operation: UInt8
        let size: Int
        /// The whole message.
        let bytes: [UInt8]

        static let search: UInt8 = 0x63
        static let abandon: UInt8 = 0x50
        static let unbind: UInt8 = 0x42
    }

    /// What the script wants to happen after a request.
    enum Reaction: Sendable {
        case send([UInt8])
        case keepSilent
        case hangUp
    }

    let uri: LDAPURI
    /// Every request of every connection, in order.
    let requests: AsyncStream<Request>
    private let listener: Int32
    private let arrival: AsyncStream<Request>.Continuation
    private let script: @Sendable (Request) -> Reaction
    private let receivedBytes = Atomic<Int>(0)
    private let connections = Mutex<[Int32]>([])

    /// - Parameter greeting: what is sent to whoever connects, before he says anything.
    init(greeting: [UInt8] = [], _ script: @escaping @Sendable (Request) -> Reaction = { _ in .keepSilent }) throws {
        let port: UInt16
        (listener, port) = try Loopback.listen()
        uri = try LDAPURI("ldap://127.0.0.1:\(port)")
        (requests, arrival) = AsyncStream.makeStream()
        self.script = script
        Thread.detachNewThread {
            while case let connection = accept(self.listener, nil, nil), connection >= 0 {
                self.connections.withLock { $0.append(connection) }
                Loopback.send(greeting, to: connection)
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    /// The same port, as if TLS were there.
    var uriForTLS: LDAPURI { get throws { try LDAPURI("ldaps://127.0.0.1:\(uri.port)") } }

    /// All that any client has sent, in octets.
    var byteCount: Int { receivedBytes.load(ordering: .acquiring) }

    /// Sends to every client.
    func send(_ bytes: [UInt8]) {
        for connection in connections.withLock({ $0 }) { Loopback.send(bytes, to: connection) }
    }

    func hangUp() {
        for connection in connections.withLock({ $0 }) { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    private func serve(_ connection: Int32) {
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = recv(connection, &chunk, chunk.count, 0), count > 0 {
            receivedBytes.add(count, ordering: .acquiringAndReleasing)
            buffer += chunk[..<count]
            while let size = BER.size(buffer), buffer.count >= size {
                let bytes = Array(buffer[..<size])
                buffer.removeFirst(size)
                guard let request = Request(bytes) else { continue }
                arrival.yield(request)
                switch script(request) {
                case .send(let answer): Loopback.send(answer, to: connection)
                case .keepSilent: break
                case .hangUp:
                    shutdown(connection, Int32(SHUT_RDWR))
                    return
                }
            }
        }
    }
}

extension ScriptedServer.Request {
    fileprivate init?(_ bytes: [UInt8]) {
        guard let message = BER.split(bytes), let identifier = BER.split(message.contents),
            let operation = identifier.rest.first
        else { return nil }
        self.init(
            identifier: identifier.contents.reduce(0) { $0 << 8 | Int($1) },
            operation: operation,
            size: bytes.count,
            bytes: bytes
        )
    }

    /// The final answer to this request.
    func result(_ code: LDAPResultCode, diagnostic: String = "", cookie: String? = nil) -> [UInt8] {
        let tag: UInt8 =
            switch operation {
            case 0x63: 0x65
            case 0x4A: 0x6B  // a delete request is primitive, its answer is not
            default: operation + 1
            }
        let result = BER.sequence(
            [BER.integer(Int(code.rawValue), tag: 0x0A), BER.text(""), BER.text(diagnostic)],
            tag: tag
        )
        return message(result, controls: cookie.map { [Self.pagingControl($0)] } ?? [])
    }

    func entry(_ name: String, _ attributes: [(String, [String])]) -> [UInt8] {
        let list = attributes.map { name, values in
            BER.sequence([BER.text(name), BER.sequence(values.map { BER.text($0) }, tag: 0x31)])
        }
        return message(BER.sequence([BER.text(name), BER.sequence(list)], tag: 0x64))
    }

    func reference(_ uri: String) -> [UInt8] {
        message(BER.sequence([BER.text(uri)], tag: 0x73))
    }

    private func message(_ operation: [UInt8], controls: [[UInt8]] = []) -> [UInt8] {
        let controls = controls.isEmpty ? [] : BER.sequence(controls, tag: 0xA0)
        return BER.sequence([BER.integer(identifier), operation, controls])
    }

    /// RFC 2696: no estimate, and where the next page begins.
    private static func pagingControl(_ cookie: String) -> [UInt8] {
        let value = BER.sequence([BER.integer(0), BER.text(cookie)])
        return BER.sequence([BER.text("1.2.840.113556.1.4.319"), BER.element(0x04, value)])
    }
}
