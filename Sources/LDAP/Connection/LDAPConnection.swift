import CLDAP
import Logging
import Synchronization

/// A session with one directory server (RFC 4511 section 3.1).
///
/// The connection owns one libldap handle and a thread that all calls on it are made from. Any number of tasks may use
/// it at the same time; requests go out in the order of the calls.
///
/// It does not reconnect. Once the server or the network is gone, or the connection lay idle for longer than the
/// configuration allows, every call throws an error with ``LDAPError/isConnectionLost``, and it is for the caller to
/// connect and bind anew: only he knows what must be read again.
///
/// Cancelling a task that waits here makes it throw `CancellationError` at once; the server is told to abandon the
/// request, but a write may have happened all the same.
public actor LDAPConnection {
    /// The server that accepted.
    public nonisolated let endpoint: LDAPURI
    nonisolated let configuration: LDAPConfiguration

    nonisolated let thread: ConnectionThread
    nonisolated let requestCounter = Atomic<Int>(0)
    nonisolated let searchCounter = Atomic<Int>(0)
    private nonisolated let encryption = Atomic<Bool>(false)

    /// Nil before it is opened and after it was lost.
    var handle: LDAPHandle?
    /// Why there is no handle any more.
    var loss = "it was never opened"
    /// The requests that wait for their answers, by message id.
    var pending: [Int32: PendingRequest] = [:]
    var searches: [Int: Search] = [:]
    var pipelines: [Int: Pipeline] = [:]
    /// Numbers those who wait, so that a cancelled one can be found.
    var waiterCount = 0
    /// How it was last bound, for the log.
    var boundIdentity: BoundIdentity?
    /// When something was last sent or received.
    var lastSignOfLife = ContinuousClock.now

    /// A request whose answer has not come yet.
    struct PendingRequest {
        let operation: LDAPOperation
        let sentAt: ContinuousClock.Instant
        let receiver: Receiver
    }

    enum Receiver {
        /// Gets the final answer, or why there is none.
        case response(waiter: Int?, (Result<LDAPResponse, any Error>) -> Void)
        /// Gets entries first.
        case search(Int)
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(to endpoint: LDAPURI, _ configuration: LDAPConfiguration, on thread: ConnectionThread) {
        self.endpoint = endpoint
        self.configuration = configuration
        self.thread = thread
        thread.setService { [weak self] socketIsReadable in
            self?.assumeIsolated { $0.service(socketIsReadable: socketIsReadable) } ?? .none
        }
    }

    /// On the connection's own thread, where SIGPIPE is blocked: closing the handle still sends a last message.
    isolated deinit {
        handle = nil
        thread.stop()
    }

    /// How the tools of others would sign in.
    enum BoundIdentity {
        case user(String)
        /// With the ticket of whoever runs them.
        case kerberos
    }

    /// Whether what is sent now is encrypted, by TLS or, after a bind with Kerberos, by the key of its ticket.
    public nonisolated var isEncrypted: Bool { encryption.load(ordering: .acquiring) }

    /// The LDAP requests sent so far: StartTLS, binds, each page and each slice of values, each write. Abandon and
    /// unbind, which have no answer, do not count.
    public nonisolated var operationCount: Int { requestCounter.load(ordering: .relaxed) }

    /// Says goodbye and closes the connection. What still waits for an answer gets an error that says so.
    public func unbind() {
        lose(because: "it was closed by this side")
    }

    func setEncrypted(_ isEncrypted: Bool) {
        encryption.store(isEncrypted, ordering: .releasing)
    }
}
