"""SIGINT and SIGTERM wherever a command may be waiting."""

import fcntl
import json
import os
import pty
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import Callable, Iterator

from ground import PROGRAM, Run, Verdict, environment
from proxy import BIND, MODIFY, SEARCH, Silence
from support.waiting import until
from trials import Trials

NAMES = {signal.SIGINT: "SIGINT", signal.SIGTERM: "SIGTERM"}
# Seconds. A command that has nothing to finish ends at once; this allows for a busy machine.
PATIENCE = 20


class Signals:
    def __init__(self, trials: Trials):
        self._ground = trials.ground
        self._folder = Path()

    def all(self, is_quick: bool) -> Iterator[Verdict]:
        """Quickly: every other stage, and each with one signal only."""
        self._ground.reset()
        stages: list[tuple[str, Callable[[int, Verdict], Run]]] = [
            ("import: reading the key", self._reading), ("import: connecting", self._connecting),
            ("import: signing in", self._unanswered(BIND)), ("import: searching", self._unanswered(SEARCH)),
            ("import: at its question", self._asking),
            ("import: in an interactive session", self._session),
            ("resolutions: waiting for the lock", self._waiting),
            ("resolutions: reading a password", self._piping),
            ("export: connecting", self._exporting),
            ("import: a second signal, with a write unanswered", self._twice)]
        for place, (name, stage) in enumerate(stages):
            for number in list(NAMES)[place // 2 % 2:][:1] if is_quick else NAMES:
                if not is_quick or place % 2 == 0:
                    yield self._try(name, stage, number)

    def _try(self, name: str, stage: Callable[[int, Verdict], Run], number: int) -> Verdict:
        verdict = Verdict(name, NAMES[number], 0)
        self._ground.renew_folder()
        self._folder = self._ground.folder
        usn = self._ground.target.usn
        run = stage(number, verdict)
        verdict.status = run.status
        if run.status != 128 + number:
            verdict.faults.append(f"it ended with {run.status}: {run.log[-600:]}")
        if self._ground.target.usn != usn and stage != self._session:
            verdict.faults.append("it wrote to the directory")
        return verdict

    # The stages

    def _reading(self, number: int, _: Verdict) -> Run:
        """The key is to come from a pipe into which nobody writes."""
        os.mkfifo(self._folder / "key")
        process = self._ground.start("import", "--hmac-file", "key")
        # Returns when the program has opened it.
        writer = os.open(self._folder / "key", os.O_WRONLY)
        try:
            return self._signalled(process, number)
        finally:
            os.close(writer)

    def _connecting(self, number: int, _: Verdict) -> Run:
        """A server that takes the connection and never says a word."""
        with self._mute_server() as server:
            self._ground.write_config(self._folder, {"server": f"ldaps://127.0.0.1:{server.getsockname()[1]}"})
            process = self._ground.start("import")
            connection, _ = server.accept()
            with connection:
                return self._signalled(process, number)

    def _exporting(self, number: int, _: Verdict) -> Run:
        with self._mute_server() as server:
            self._ground.write_export_config("export-config.json", {
                "server": f"ldaps://127.0.0.1:{server.getsockname()[1]}", "export_file": "out.json"})
            process = self._ground.start("export")
            connection, _ = server.accept()
            with connection:
                return self._signalled(process, number)

    def _unanswered(self, tag: int) -> Callable[[int, Verdict], Run]:
        def stage(number: int, _: Verdict) -> Run:
            started: list[subprocess.Popen] = []
            self._ground.proxy.begin(silence=Silence(tag, lambda: started[0].send_signal(number)))
            started.append(self._ground.start("import"))
            return self._end(started[0])
        return stage

    def _asking(self, number: int, _: Verdict) -> Run:
        return self._at_terminal(["import", "--confirm"], b"Go on?", number)

    def _session(self, number: int, verdict: Verdict) -> Run:
        self._ground.reset()
        self._ground.proxy.begin()
        process = self._ground.start("import", "--interactive")
        log = Listener(process.stderr)
        until(lambda: "This address works once" in log.text, "the address of the page", PATIENCE)
        process.send_signal(number)
        if number == signal.SIGINT:
            # The first one only asks.
            until(lambda: "Press Ctrl-C again" in log.text, "the question", PATIENCE)
            until(lambda: process.send_signal(number) or self._has_ended(process), "the end", PATIENCE)
        output = process.stdout.read()
        process.wait(PATIENCE)
        log.join()
        if not json.loads(output or "{}").get("created"):
            verdict.faults.append("there is no report of what the session did")
        self._ground.reset()
        return Run(process.returncode, output, log.text)

    def _waiting(self, number: int, _: Verdict) -> Run:
        """Another command holds the lock of the resolutions file."""
        name = self._folder / ".resolutions.json.lock"
        with open(name, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = self._ground.start("resolutions", "reject", "--kind", "enable")
            until(lambda: has_open(process.pid, name), "the lock file", PATIENCE)
            return self._signalled(process, number)

    def _piping(self, number: int, _: Verdict) -> Run:
        """A password is to come from a pipe, and does not."""
        waiting = [entry for entry in json.loads((self._folder / "resolutions.json").read_text())["resolutions"]
                   if entry["type"] == "enable" and entry.get("accept") is None]
        reader, writer = os.pipe()
        process = self._ground.start("resolutions", "accept", waiting[0]["id"], "--password-stdin", stdin=reader)
        os.close(reader)
        try:
            until(lambda: is_reading_pipe(process.pid), "it to read", PATIENCE)
            return self._signalled(process, number)
        finally:
            os.close(writer)

    def _twice(self, number: int, verdict: Verdict) -> Run:
        """The first one waits for the answer, which does not come; the second ends at once."""
        started: list[subprocess.Popen] = []
        heard = threading.Event()

        def act() -> None:
            started[0].send_signal(number)
            heard.set()

        self._ground.proxy.begin(silence=Silence(MODIFY, act))
        started.append(self._ground.start("import"))
        heard.wait(PATIENCE)
        process = started[0]
        # What comes within a second counts as an echo of the first.
        until(lambda: process.send_signal(number) or self._has_ended(process), "the end", PATIENCE)
        return self._end(process)

    # What they share

    def _signalled(self, process: subprocess.Popen, number: int) -> Run:
        process.send_signal(number)
        return self._end(process)

    def _end(self, process: subprocess.Popen) -> Run:
        try:
            output, log = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            output, log = process.communicate()
            return Run(-1, output, f"it did not end\n{log}")
        return Run(process.returncode, output, log)

    @staticmethod
    def _has_ended(process: subprocess.Popen) -> bool:
        return process.poll() is not None

    def _at_terminal(self, arguments: list[str], question: bytes, number: int) -> Run:
        self._ground.proxy.begin()
        near, far = pty.openpty()
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self._folder, stdin=far, stdout=far, stderr=far,
                                   env=environment(self._folder), start_new_session=True)
        os.close(far)
        screen = b""
        try:
            while question not in screen:
                screen += os.read(near, 1 << 16)
            process.send_signal(number)
            process.wait(PATIENCE)
        except (OSError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
        finally:
            os.close(near)
        return Run(process.returncode, "", screen.decode(errors="replace"))

    @staticmethod
    def _mute_server() -> socket.socket:
        return socket.create_server(("127.0.0.1", 0))


class Listener:
    """Reads what a process says, while it says it."""

    def __init__(self, stream) -> None:
        self.text = ""
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream) -> None:
        for line in stream:
            self.text += line

    def join(self) -> None:
        self._thread.join(PATIENCE)


def has_open(pid: int, path: Path) -> bool:
    try:
        return any(os.path.realpath(entry) == str(path) for entry in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False


def is_reading_pipe(pid: int) -> bool:
    """Whether one of its threads waits in read(2) or poll(2) for standard input."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            call = (task / "syscall").read_text().split()
        except OSError:
            continue
        # x86_64 and aarch64 number them differently; what counts is the descriptor 0 of a read, or a poll of one.
        if (call[0], call[1:2]) in (("0", ["0x0"]), ("63", ["0x0"])) or (call[0] in ("7", "73") and call[2:3] == ["0x1"]):
            return True
    return False
