"""The program under test, as a process of its own."""

import json
import os
import re
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .waiting import until

PROGRAM = os.environ.get(
    "AD_USER_SYNC", str(Path(__file__).resolve().parents[3] / ".build" / "debug" / "ad-user-sync"))


@dataclass
class Run:
    """What one run said, and how it ended."""

    status: int
    output: str
    log: str

    @property
    def summary(self) -> dict[str, Any]:
        return json.loads(self.output)

    def ended(self, status: int) -> "Run":
        assert self.status == status, f"ended with {self.status}, not {status}\n{self.log}\n{self.output[:1500]}"
        return self


def environment(temporary: Path, **extra: str) -> dict[str, str]:
    """Without a browser and a display: the program says where its page is."""
    return {"PATH": os.environ["PATH"], "HOME": str(temporary), "TMPDIR": str(temporary), "LANG": "C.UTF-8", **extra}


def run(arguments: list[str], folder: Path, temporary: Path) -> Run:
    result = subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment(temporary), text=True,
                            stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return Run(result.returncode, result.stdout, result.stderr)


class Session:
    """`import --interactive`, from its start to its end."""

    ENTRANCE = re.compile(r"http://[0-9a-z.]+(?::\d+)?/enter\?token=[0-9a-f]+")

    def __init__(self, folder: Path, temporary: Path, arguments: tuple[str, ...] = (), **variables: str):
        self.process = subprocess.Popen(
            [PROGRAM, "import", "--interactive", *arguments], cwd=folder, env=environment(temporary, **variables),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._said: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._readers = [threading.Thread(target=self._read, args=(name,)) for name in self._said]
        for reader in self._readers:
            reader.start()

    def _read(self, name: str) -> None:
        for text in getattr(self.process, name):
            self._said[name].append(text)

    @property
    def log(self) -> str:
        """Everything on standard error so far."""
        return "".join(self._said["stderr"])

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def entrance(self, number: int = 1) -> str:
        """The address it printed first, or the second time."""
        def found() -> str | None:
            addresses = self.ENTRANCE.findall(self.log)
            assert len(addresses) >= number or self.is_running, f"it ended:\n{self.log}"
            return addresses[number - 1] if len(addresses) >= number else None

        return until(found, f"entrance {number}\n", 60)

    def says(self, words: str, seconds: float = 20) -> None:
        until(lambda: words in self.log, f"\"{words}\" on standard error", seconds)

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def ends(self, status: int, seconds: float = 20) -> Run:
        """Waits for its end."""
        self.process.wait(seconds)
        for reader in self._readers:
            reader.join()
        return Run(self.process.returncode, "".join(self._said["stdout"]), self.log).ended(status)

    def stop(self) -> None:
        """However far it got."""
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        for reader in self._readers:
            reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
