import Glibc
import Synchronization

/// Ends a TLS handshake that takes too long, by shutting its socket down: libldap then takes the server for gone.
///
/// libldap 2.5 has no working time limit for a handshake (see `setProtocolOptions`), and it blocks.
final class HandshakeWatchdog: Sendable {
    private enum State {
        case watching(Int32)
        case fired
        case stopped
    }

    private let state: Mutex<State>

    /// Watches until `stop`, which must come before the socket is closed.
    init(over socket: Int32, until deadline: ContinuousClock.Instant) {
        state = Mutex(.watching(socket))
        Task.detached { [weak self] in
            try? await Task.sleep(until: deadline, clock: .continuous)
            self?.fire()
        }
    }

    var hasFired: Bool {
        state.withLock { if case .fired = $0 { true } else { false } }
    }

    /// After this the socket is not touched any more.
    func stop() {
        state.withLock { if case .watching = $0 { $0 = .stopped } }
    }

    private func fire() {
        state.withLock { state in
            guard case .watching(let socket) = state else { return }
            shutdown(socket, Int32(SHUT_RDWR))
            state = .fired
        }
    }
}
