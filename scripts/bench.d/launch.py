"""Starts a command and says what it needed: launch.py OUTPUT ERRORS COMMAND …

Small on purpose: what a process had before it became another counts for its peak, and whoever measures may be large.
"""

import os
import sys
import time


def main(output: str, errors: str, command: list[str]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [os.open("/dev/null", os.O_RDONLY), os.open(output, flags, 0o600), os.open(errors, flags, 0o600)]
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        try:
            for number, file in enumerate(files):
                os.dup2(file, number)
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(process, 0)
    seconds = time.monotonic() - started
    print(os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
