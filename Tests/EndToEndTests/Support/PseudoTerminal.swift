import Foundation
import LabSupport

/// The program at a terminal of its own: somebody who reads what is on the screen and types.
struct PseudoTerminal {
    /// Types `typed` once `seen` has appeared behind what was seen before.
    struct Step {
        let seen: String
        let typed: String
        /// Another command of the program, or one with a path, which must end with 0 before anything is typed; empty for
        /// none. `$PROGRAM` is the process at the terminal.
        let meanwhile: [String]

        init(_ seen: String, _ typed: String, after meanwhile: [String] = []) {
            self.seen = seen
            self.typed = typed
            self.meanwhile = meanwhile
        }

        /// Ctrl-D on an empty line: the end of the input.
        static let endOfInput = "\u{4}"
        /// Ctrl-C.
        static let interrupt = "\u{3}"
    }

    var columns = 100
    /// For all of it.
    var limitInSeconds = 60

    /// - Returns: everything that appeared on the screen, as `output`; and whether the terminal echoes at the end.
    func run(
        _ arguments: [String], in folder: TemporaryFolder, _ steps: [Step] = []
    ) async throws -> (run: Run, echoes: Bool) {
        let plan: JSON = [
            "command": .array(([Program.path] + arguments).map(JSON.text)), "columns": .number(columns),
            "limit": .number(limitInSeconds),
            "steps": .array(
                steps.map {
                    [
                        "seen": .text($0.seen), "typed": .text($0.typed),
                        "meanwhile": .array($0.meanwhile.map(JSON.text)),
                    ]
                }),
        ]
        var python = Subprocess("/usr/bin/python3", ["-c", Self.script])
        python.folder = folder.path
        python.limitInSeconds = limitInSeconds + 60
        python.environment = ["NO_COLOR": "1", "TERM": "xterm"]
        python.input = Array(try plan.bytes)
        let result = try await python.run()
        return (Run(result), result.errorText.contains("ECHO ON"))
    }

    /// Ends as the program ended; gives up, by its status 99, when something expected does not appear in time.
    private static let script = #"""
        import fcntl, json, os, select, signal, struct, subprocess, sys, termios, time
        plan = json.load(sys.stdin)
        terminal, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, plan["columns"], 0, 0))
        program = subprocess.Popen(
            plan["command"], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        screen, seen, failed = b"", 0, None
        deadline = time.monotonic() + plan["limit"]
        def look(seconds):
            global screen
            ready = select.select([terminal], [], [], seconds)[0]
            if ready:
                screen += os.read(terminal, 65536)
            return bool(ready)
        for step in plan["steps"]:
            expected = step["seen"].encode()
            while screen.find(expected, seen) < 0 and not failed:
                gone = program.poll() is not None
                if not look(0 if gone else 0.1) and (gone or time.monotonic() > deadline):
                    failed = "did not appear: " + step["seen"]
            if failed:
                break
            seen = screen.find(expected, seen) + len(expected)
            if step["meanwhile"]:
                subprocess.run(
                    step["meanwhile"] if step["meanwhile"][0].startswith("/")
                    else [plan["command"][0]] + step["meanwhile"], check=True, stdin=subprocess.DEVNULL,
                    env=dict(os.environ, PROGRAM=str(program.pid)))
            os.write(terminal, step["typed"].encode())
        while program.poll() is None and time.monotonic() < deadline:
            look(0.1)
        if program.poll() is None:
            failed = failed or "did not end"
            program.send_signal(signal.SIGKILL)
        while look(0.1):
            pass
        sys.stdout.buffer.write(screen)
        sys.stderr.write("ECHO ON\n" if termios.tcgetattr(slave)[3] & termios.ECHO else "ECHO OFF\n")
        if failed:
            sys.stderr.write(failed + "\n")
        sys.exit(99 if failed else program.wait())
        """#
}
