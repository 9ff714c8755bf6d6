"""A shell on a terminal, for the commands of one page."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

LOOP = 'while IFS= read -r -u 8 part; do . "$part"; echo $? >&9; done'
COLUMNS = 100


class Session:
    """What a command leaves behind (folder, variables) is there for the next one."""

    def __init__(self, folder, environment):
        self.script = os.path.join(folder, ".command")
        self.status = 0
        to_shell, self.requests = os.pipe()
        self.answers, from_shell = os.pipe()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.dup2(to_shell, 8)
            os.dup2(from_shell, 9)
            os.closerange(10, 256)
            os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-c", LOOP], environment)
        os.close(to_shell)
        os.close(from_shell)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))

    def run(self, command, dialogue=(), seconds=40):
        """What it said, and its exit status.

        `dialogue` has what it asks, as a regular expression, and what is typed then.
        """
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(f"(exit {self.status})\n{command}\n")
        os.write(self.requests, (self.script + "\n").encode())
        said, seen, left = b"", 0, list(dialogue)
        deadline = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self.terminal, self.answers], [], [], 0.5)
            if self.terminal in ready:
                said += os.read(self.terminal, 65536)
                text = said.decode(errors="replace")
                while left and (found := re.compile(left[0][0]).search(text, seen)):
                    seen = found.end()
                    os.write(self.terminal, left.pop(0)[1].encode())
            elif self.answers in ready:
                self.status = int(os.read(self.answers, 16))
                break
            if time.monotonic() > deadline:
                raise TimeoutError(f"still at work after {seconds} s; it said:\n{said.decode(errors='replace')}")
        text = said.decode(errors="replace")
        if left:
            text += f"\n(never asked: {left[0][0]})"
            self.status = self.status or 255
        return text, self.status

    def close(self):
        os.close(self.requests)
        os.close(self.answers)
        os.close(self.terminal)
        try:
            os.kill(self.pid, signal.SIGHUP)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
