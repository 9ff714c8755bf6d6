import Foundation
import Glibc
import LabSupport
import Testing

/// A relay between the program and a domain controller that can be switched off: then nothing listens there, and what was
/// connected is cut off, as when the controller is away.
///
/// It stands on another port of the controller's address and passes on what it hears, TLS and all.
final class SwitchableRelay: Sendable {
    let uri: String
    private let control: Int
    private let process: pid_t

    init(before domain: LabDomain) async throws {
        let address = String(domain.uri.dropFirst("ldaps://".count))
        let result = try await Subprocess("/usr/bin/python3", ["-c", Self.script, address]).succeed()
        let numbers = result.outputText.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(numbers.count == 3, "the relay said: \(result.outputText)")
        (uri, control, process) = ("ldaps://\(address):\(numbers[0])", numbers[1], pid_t(numbers[2]))
    }

    deinit { kill(process, SIGTERM) }

    /// A command that switches it, and ends when that is done.
    func command(_ word: Switch) -> [String] {
        ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(control); echo \(word.rawValue) >&3; read -r answer <&3"]
    }

    enum Switch: String { case off, on }

    /// Says its port, that of its switch, and its process, and stays; not longer than a test may take.
    private static let script = #"""
        import os, signal, socket, sys, threading
        address = sys.argv[1]
        listener = socket.create_server((address, 0))
        port = listener.getsockname()[1]
        control = socket.create_server(("127.0.0.1", 0))
        process = os.fork()
        if process:
            print(port, control.getsockname()[1], process)
            sys.exit()
        os.setsid()
        # Whoever started it from a thread of a pool has blocked all signals.
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        # By what else is open, who started it tells whether it still runs.
        open_ones = {int(name) for name in os.listdir("/proc/self/fd")}
        for descriptor in open_ones - {0, 1, 2, listener.fileno(), control.fileno()}:
            try:
                os.close(descriptor)
            except OSError:
                pass
        signal.alarm(600)
        connections = []

        def pump(source, target):
            try:
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def accept(listener):
            while True:
                try:
                    near = listener.accept()[0]
                    far = socket.create_connection((address, 636))
                except OSError:
                    return
                connections.extend((near, far))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

        def cut(some):
            try:
                some.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            some.close()

        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        while True:
            switch = control.accept()[0]
            word = switch.makefile().readline().strip()
            if word == "off":
                cut(listener)
                while connections:
                    cut(connections.pop())
            if word == "on":
                listener = socket.create_server((address, port))
                threading.Thread(target=accept, args=(listener,), daemon=True).start()
            switch.sendall(b"done\n")
            switch.close()
        """#
}
