import CResolver
import Glibc

/// Finds the directory servers of a DNS domain by its `_ldap._tcp` records (RFC 2782; [MS-ADTS] 6.3.2.3).
public struct ServerLocator: Sendable {
    /// A DNS server on this machine, to ask in place of those of `/etc/resolv.conf`; for tests.
    let loopbackPort: UInt16?

    public init() { loopbackPort = nil }

    init(loopbackPort: UInt16) { self.loopbackPort = loopbackPort }

    /// The servers in the order to try them: `ldap://` URIs.
    ///
    /// A server outside the domain is left out: what the DNS says is not proven, and whoever can forge an answer may well
    /// have a certificate for a name of his own.
    ///
    /// - Throws: ``LocationFailure``, `CancellationError`.
    public func servers(of domain: String) async throws -> [LDAPURI] {
        guard let thread = ConnectionThread() else {
            throw LocationFailure.unavailable(domain, words: "no thread can be started")
        }
        let query = Query(server: address, on: thread)
        let records = try await Task.detached { try await query.records(of: domain) }.valueUnlessCallerIsCancelled()
        var generator = SystemRandomNumberGenerator()
        return try Self.endpoints(ServiceRecord.ordered(records, using: &generator), of: domain)
    }

    /// - Throws: when none of them is one of the domain.
    static func endpoints(_ records: [ServiceRecord], of domain: String) throws(LocationFailure) -> [LDAPURI] {
        // A record without a name says: no such service here.
        let records = records.filter { !$0.host.isEmpty }
        guard !records.isEmpty else { throw .noServers(domain) }
        let suffix = ".\(domain.lowercased())"
        let uris = records.filter { $0.host.lowercased().hasSuffix(suffix) }
            .compactMap { try? LDAPURI("ldap://\($0.host):\($0.port)") }
        guard !uris.isEmpty else { throw .foreignServers(domain, hosts: records.map(\.host)) }
        return uris
    }

    private var address: sockaddr_in? {
        loopbackPort.map { port in
            sockaddr_in(
                sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian,
                sin_addr: in_addr(s_addr: in_addr_t(0x7F00_0001).bigEndian), sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
        }
    }
}

/// One question, on a thread of its own, because the resolver blocks.
private actor Query {
    private let server: sockaddr_in?
    private nonisolated let thread: ConnectionThread

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(server: sockaddr_in?, on thread: ConnectionThread) {
        self.server = server
        self.thread = thread
    }

    isolated deinit { thread.stop() }

    func records(of domain: String) throws -> [ServiceRecord] {
        var found = [cresolver_record](repeating: cresolver_record(), count: 256)
        var failure: Int32 = 0
        let count = withServer { cresolver_srv("_ldap._tcp.\(domain)", $0, &found, Int32(found.count), &failure) }
        guard count >= 0 else { throw self.failure(failure, domain) }
        return found.prefix(Int(count)).map { record in
            ServiceRecord(
                priority: record.priority, weight: record.weight, port: record.port,
                host: withUnsafeBytes(of: record.target) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
    }

    private func failure(_ code: Int32, _ domain: String) -> LocationFailure {
        switch code {
        case HOST_NOT_FOUND:
            // Of the domain, or of the records below it?
            switch withServer({ cresolver_exists(domain, $0) }) {
            case 0: .noSuchDomain(domain)
            case 1: .noServers(domain)
            default: .unavailable(domain, words: "no answer to whether there is such a domain")
            }
        case NO_DATA: .noServers(domain)
        default: .unavailable(domain, words: String(cString: hstrerror(code)))
        }
    }

    private func withServer<Value>(_ body: (UnsafePointer<sockaddr_in>?) -> Value) -> Value {
        guard var server else { return body(nil) }
        return body(&server)
    }
}
