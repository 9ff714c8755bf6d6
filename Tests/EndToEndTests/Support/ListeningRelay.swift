import Foundation
import LabSupport
import Testing

/// Somebody on the way between the program and a domain controller, who hears all of it.
enum ListeningRelay {
    /// Exports through the relay, which stands under the controller's name and address on another port.
    ///
    /// - Returns: what went both ways.
    static func export(_ kerberos: KerberosStage) async throws -> (run: Run, heard: [UInt8]) {
        let source = kerberos.stage.source
        let plan: JSON = [
            "program": .text(Program.path), "address": .text(source.address), "host": .text(source.hostName),
            "configuration": kerberos[.export],
        ]
        var python = Subprocess("/usr/bin/python3", ["-c", script])
        python.folder = kerberos.stage.folder.path
        python.environment = kerberos.environment
        python.environment["LD_PRELOAD"] = nil
        python.environment["PRELOAD"] = kerberos.environment["LD_PRELOAD"]
        python.input = Array(try plan.bytes)
        return (Run(try await python.run()), try kerberos.stage.folder.read("heard"))
    }

    private static let script = #"""
        import json, os, socket, subprocess, sys, threading
        plan = json.load(sys.stdin)
        heard = open("heard", "wb", buffering=0)
        listener = socket.create_server((plan["address"], 0))

        def pump(source, target):
            try:
                while data := source.recv(65536):
                    heard.write(data)
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def accept():
            while True:
                near = listener.accept()[0]
                far = socket.create_connection((plan["address"], 389))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        plan["configuration"]["server"] = f"ldap://{plan['host']}:{listener.getsockname()[1]}"
        with open("export-config.json", "w") as file:
            json.dump(plan["configuration"], file)
        environment = dict(os.environ, LD_PRELOAD=os.environ["PRELOAD"])
        sys.exit(subprocess.run(
            [plan["program"], "export"], stdin=subprocess.DEVNULL, env=environment).returncode)
        """#
}
