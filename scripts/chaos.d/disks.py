"""Disks that are full, folders that are read-only, files that are no files, and outputs nobody takes.

It mounts; `scripts/chaos` gives it a mount namespace of its own, so that nothing of it outlives it.
"""

import os
import resource
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator

from ground import Ground, Run, Verdict
from proxy import Fault
from trials import Trials, differences

CANNOT_BE_READ, CANNOT_CREATE, CANNOT_WRITE = 65, 73, 74


# Which file was imported last, whole in any case: the very same one may be imported again.
MAY_CHANGE = "import-state.json"


# Ways to spoil a folder

@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small file system in the folder's place, with all that is in it."""
    content = folder.parent / f"{folder.name}.content"
    shutil.copytree(folder, content)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        shutil.copytree(content, folder, dirs_exist_ok=True)
        yield
    finally:
        # Lazily: a run that hangs must not keep it.
        subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(content)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    with mounted(folder, "size=256k"):
        with open(folder / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass
        yield


@contextmanager
def without_inodes(folder: Path) -> Iterator[None]:
    """As full as a disk with room, but for no further file: what a quota on files does, too."""
    with mounted(folder, "size=1m,nr_inodes=64"):
        try:
            for number in range(64):
                (folder / f"filler{number}").touch()
        except OSError:
            pass
        yield


@contextmanager
def folder_in_place(path: Path) -> Iterator[None]:
    path.unlink(missing_ok=True)
    path.mkdir()
    yield


@contextmanager
def file_in_place(path: Path) -> Iterator[None]:
    shutil.rmtree(path, ignore_errors=True)
    path.write_text("")
    yield


@contextmanager
def nothing_in_place(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder)
    yield


SPOILERS = {
    "folder read-only": (read_only, CANNOT_CREATE), "disk full": (full, CANNOT_WRITE),
    "no room for a file": (without_inodes, CANNOT_CREATE), "folder missing": (nothing_in_place, CANNOT_CREATE),
    "a folder in its place": (folder_in_place, CANNOT_CREATE), "a file in its place": (file_in_place, CANNOT_CREATE)}


@dataclass
class Case:
    """A command that finds a place spoilt: it ends with the status that belongs to it, names what it could not write, and
    has written nothing."""

    command: str
    place: str
    spoiler: str
    # What is spoilt, and what the error has to name; relative to the folder of the trial.
    spoilt: str
    named: str
    status: int | None = None

    @property
    def expected(self) -> int:
        return self.status or SPOILERS[self.spoiler][1]


def cases(state: str) -> list[Case]:
    found = []
    for spoiler in ("folder read-only", "disk full", "no room for a file", "folder missing"):
        found += [Case("import", "resolutions file", spoiler, "answers", "answers/resolutions.json"),
                  Case("export", "export file", spoiler, "out", "out/export.json"),
                  Case("export", "state of the export", spoiler, "export-state", "export-state")]
        found += [Case("import", "state folder", spoiler, state, state)] if spoiler != "folder missing" else []
        found += [Case("import", "journal", spoiler, f"{state}/journal", f"{state}/journal")] \
            if spoiler != "folder missing" else []
        found += [Case("import", "log file", spoiler, "log", "log/import.log")] if spoiler != "disk full" else []
    # The folder of the state is made anew where it is missing.
    found = [case for case in found if (case.place, case.spoiler) != ("state of the export", "folder missing")]
    return found + [
        # It cannot be read either, which comes first.
        Case("import", "resolutions file", "a folder in its place", "answers/resolutions.json",
             "answers/resolutions.json", CANNOT_BE_READ),
        Case("export", "export file", "a folder in its place", "out/export.json", "out/export.json"),
        Case("import", "log file", "a folder in its place", "log/import.log", "log/import.log"),
        Case("import", "state folder", "a file in its place", state, state),
        Case("import", "journal", "a file in its place", f"{state}/journal", f"{state}/journal"),
        Case("export", "state of the export", "a file in its place", "export-state", "export-state")]


class Disks:
    def __init__(self, trials: Trials):
        """`trials`: the undisturbed run, whose end those that find no room in the middle have to reach afterwards."""
        self.ground, self.trials = trials.ground, trials

    # Before anything

    def beforehand(self) -> Iterator[Verdict]:
        self.ground.reset()
        for case in cases(self.ground.state):
            yield self._try(case)

    def _try(self, case: Case) -> Verdict:
        verdict = Verdict(f"{case.command}: {case.spoiler}", case.place, 0)
        folder = self._furnish()
        spoiler = SPOILERS[case.spoiler][0]
        usn, before = self.ground.target.usn, self._contents()
        with spoiler(folder / case.spoilt):
            run = self.ground.run(case.command)
        verdict.status = run.status
        if run.status != case.expected:
            verdict.faults.append(f"it ended with {run.status}, not {case.expected}: {run.log[-800:]}")
        errors = "".join(line for line in run.log.splitlines(True) if "ERROR" in line)
        if case.named not in errors:
            verdict.faults.append(f"the error does not name {case.named}: {run.log[-800:]}")
        if run.output:
            verdict.faults.append(f"it reports: {run.output[:300]}")
        if self.ground.target.usn != usn:
            verdict.faults.append("it wrote to the directory")
        changed = [name for name, octets in before.items()
                   if (folder / name).exists() and (folder / name).is_file() and self._read(name) != octets
                   and not name.startswith(case.spoilt) and not name.endswith(MAY_CHANGE)]
        if changed:
            verdict.faults.append(f"it changed {changed}")
        return verdict

    def _furnish(self, **changes: Any) -> Path:
        """A fresh folder in which everything that is written has a folder of its own."""
        self.ground.renew_folder()
        folder = self.ground.folder
        for name in ("answers", "out", "log", "export-state", f"{self.ground.state}/journal"):
            (folder / name).mkdir()
        (folder / "resolutions.json").rename(folder / "answers/resolutions.json")
        (folder / "out/export.json").write_text("the old file")
        self.ground.write_config(folder, {
            "resolutions_file": "answers/resolutions.json", "log_file": "log/import.log"} | changes)
        self.ground.write_export_config(
            "export-config.json", {"export_file": "out/export.json", "state_folder": "export-state"})
        return folder

    def _contents(self) -> dict[str, bytes]:
        folder = self.ground.folder
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def _read(self, name: str) -> bytes:
        return (self.ground.folder / name).read_bytes()

    # In the middle

    def midway(self, is_quick: bool) -> Iterator[Verdict]:
        for size in (24,) if is_quick else (8, 16, 24, 32, 40):
            yield self._journal_fills(size)
        yield self._log_fills()
        if is_quick:
            return
        yield self._file_size_limit()
        yield self._at_first_write("user file", "vanishes", lambda folder: (folder / "users.json").unlink(), 0)
        yield self._at_first_write(
            "state folder", "vanishes", lambda folder: shutil.rmtree(folder / self.ground.state), 0)
        yield self._at_first_write("resolutions file", "disk full", self._fill_answers, CANNOT_WRITE)
        yield self._at_first_write("resolutions file", "folder read-only", self._freeze_answers, CANNOT_CREATE)
        for name, output in (("standard output full", "/dev/full"), ("standard output closed", None)):
            yield self._mute(name, output, "stdout", CANNOT_WRITE)
        yield self._mute("standard error full", "/dev/full", "stderr", 0)
        yield self._mute("standard error closed", None, "stderr", 0)

    def _journal_fills(self, kilobytes: int) -> Verdict:
        """`kilobytes`: what the journal finds room for; the whole is larger."""
        verdict = Verdict("import: disk fills", "journal", 0)
        self.ground.reset()
        folder = self._furnish()
        journal = folder / self.ground.state / "journal"
        with mounted(journal, f"size={kilobytes}k"):
            run = self.ground.run("import")
            (folder / "kept").mkdir()
            shutil.copytree(journal, folder / "kept/journal")
        self._ended(verdict, run, CANNOT_WRITE, f"{self.ground.state}/journal")
        # Where it could be written, the journal tells all that was done.
        self.trials.compare_with_journal(verdict.faults, folder / "kept")
        shutil.rmtree(folder / "kept")
        return self._recovered(verdict)

    def _file_size_limit(self) -> Verdict:
        verdict = Verdict("import: file size limit", "journal", 0)
        self.ground.reset()
        self._furnish()
        limit = 24 << 10
        process = self.ground.start(
            "import", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self._ended(verdict, self.ground.end(process), CANNOT_WRITE, f"{self.ground.state}/journal")
        self.trials.compare_with_journal(verdict.faults, self.ground.folder / self.ground.state)
        return self._recovered(verdict)

    def _log_fills(self) -> Verdict:
        verdict = Verdict("import: disk full", "log file", 0)
        self.ground.reset()
        with full(self._furnish() / "log"):
            run = self.ground.run("import")
        self._ended(verdict, run, CANNOT_WRITE, "log/import.log")
        return self._recovered(verdict)

    def _at_first_write(
        self, place: str, what: str, spoil: Callable[[Path], None], status: int
    ) -> Verdict:
        verdict = Verdict(f"import: {what}, midway", place, 0)
        self.ground.reset()
        folder = self._furnish()
        user_file = (folder / "users.json").read_bytes()

        def act() -> bool:
            spoil(folder)
            return True

        with ExitStack() as mounts:
            self._mounts = mounts
            self.ground.proxy.begin(Fault(1, "before", act))
            run = self.ground.run("import")
        self._ended(verdict, run, status, "answers/resolutions.json" if status else "")
        (folder / "users.json").write_bytes(user_file)
        return self._recovered(verdict)

    def _fill_answers(self, folder: Path) -> None:
        self._mounts.enter_context(full(folder / "answers"))

    def _freeze_answers(self, folder: Path) -> None:
        self._mounts.enter_context(read_only(folder / "answers"))

    def _mute(self, name: str, path: str | None, stream: str, status: int) -> Verdict:
        """Nobody takes what it says: the work is done all the same."""
        verdict = Verdict(f"import: {name}", "report" if stream == "stdout" else "log", 0)
        self.ground.reset()
        self._furnish()
        number = {"stdout": 1, "stderr": 2}[stream]
        if path is None:
            process = self.ground.start("import", preexec_fn=lambda: os.close(number))
        else:
            with open(path, "w") as sink:
                process = self.ground.start("import", **{stream: sink})
        run = self.ground.end(process)
        self._ended(verdict, run, status, "standard output" if stream == "stdout" else "")
        return self._recovered(verdict)

    # The judgement

    def _ended(self, verdict: Verdict, run: Run, status: int, named: str) -> None:
        verdict.status = run.status
        if run.status != status:
            verdict.faults.append(f"it ended with {run.status}, not {status}: {run.log[-800:]}")
        if named not in run.log:
            verdict.faults.append(f"it does not name {named}: {run.log[-800:]}")

    def _recovered(self, verdict: Verdict) -> Verdict:
        """With room again, the import reaches the end of an undisturbed run."""
        folder = self.ground.folder
        (folder / "answers/resolutions.json").rename(folder / "resolutions.json")
        self.ground.write_config(folder, {})
        self.trials.again(verdict)
        for name in ("answers", "out", "log", "export-state"):
            shutil.rmtree(folder / name)
        (folder / "export-config.json").unlink()
        verdict.faults += self.trials.idle_run() + differences(self.trials.reference, self.trials.ending())
        return verdict
