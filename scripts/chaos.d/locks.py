"""Two at the same time."""

import signal
from typing import Iterator

from ground import Run, Verdict
from proxy import SEARCH, Fault, Silence
from trials import Trials, differences

TRY_AGAIN = 75


class Locks:
    def __init__(self, trials: Trials):
        self._ground, self._trials = trials.ground, trials

    def all(self, is_quick: bool) -> Iterator[Verdict]:
        yield self._imports()
        yield self._exports()
        if not is_quick:
            yield self._killed_holder()
            yield self._exports_of_two()

    def _imports(self) -> Verdict:
        """The second one begins while the first is at its fifth write."""
        verdict = Verdict("two imports at once", "the second names the first", 0)
        self._ground.reset()
        runs: list[Run] = []

        def act() -> bool:
            runs.extend([self._ground.run("import"), self._ground.run("import", "--dry-run")])
            return True

        self._ground.proxy.begin(Fault(5, "before", act))
        process = self._ground.start("import")
        first = self._ground.end(process)
        second, rehearsal = runs
        self._refused(verdict, second, "`import`", process.pid)
        if rehearsal.status:
            verdict.faults.append(f"a dry run, which takes no lock, ended with {rehearsal.status}")
        if first.status:
            verdict.faults.append(f"the first ended with {first.status}: {first.log[-600:]}")
        verdict.faults += self._trials.idle_run() + differences(self._trials.reference, self._trials.ending())
        return verdict

    @staticmethod
    def _refused(verdict: Verdict, run: Run, command: str, pid: int) -> None:
        verdict.status = run.status
        if run.status != TRY_AGAIN:
            verdict.faults.append(f"it ended with {run.status}: {run.log[-600:]}")
        for words in (command, f"process {pid}", "since 20"):
            if words not in run.log:
                verdict.faults.append(f"it does not say \"{words}\": {run.log[-600:]}")

    def _killed_holder(self) -> Verdict:
        """What a killed run leaves of its lock is a file, and no lock."""
        verdict = Verdict("holder of the lock killed", "the next run works at once", 0)
        self._ground.reset()
        started = []

        def act() -> bool:
            started[0].send_signal(signal.SIGKILL)
            return False

        self._ground.proxy.begin(Fault(5, "before", act))
        started.append(self._ground.start("import"))
        self._ground.end(started[0])
        self._ground.proxy.wait_until_quiet()
        left = (self._ground.folder / self._ground.state / "lock").read_text()
        if str(started[0].pid) not in left:
            verdict.faults.append(f"the lock file does not tell of the killed run: {left}")
        self._trials.again(verdict)
        if verdict.runs != 1:
            verdict.faults.append(f"it took {verdict.runs} runs")
        return verdict

    def _exports(self) -> Verdict:
        """The second one begins while the first waits for the directory; then the first is ended."""
        verdict = Verdict("two exports at once", "the second names the first", 0)
        self._furnish("export", "export-state")
        runs: list[Run] = []
        started = []

        def act() -> None:
            runs.append(self._ground.run("export", "--config", "export.json"))
            started[0].send_signal(signal.SIGTERM)

        self._ground.proxy.begin(silence=Silence(SEARCH, act))
        started.append(self._ground.start("export", "--config", "export.json"))
        first = self._ground.end(started[0])
        self._refused(verdict, runs[0], "`export`", started[0].pid)
        if first.status != 143 or (self._ground.folder / "out.json").read_text() != "the old file":
            verdict.faults.append(f"the first ended with {first.status}, or touched the file")
        return verdict

    def _exports_of_two(self) -> Verdict:
        """Two configurations that write the same file, and know nothing of each other."""
        verdict = Verdict("two exports, two states, one file", "the file is whole", 0)
        self._ground.proxy.begin()
        self._furnish("first", "first-state")
        self._furnish("second", "second-state", is_fresh=False)
        processes = [self._ground.start("export", "--config", f"{name}.json") for name in ("first", "second") * 4]
        ended = [self._ground.end(process).status for process in processes]
        if not set(ended) <= {0, TRY_AGAIN} or 0 not in ended:
            verdict.faults.append(f"they ended with {ended}")
        check = self._ground.run("verify", "out.json")
        if check.status:
            verdict.faults.append(f"verify: {check.log}")
        return verdict

    def _furnish(self, name: str, state: str, is_fresh: bool = True) -> None:
        if is_fresh:
            self._ground.renew_folder()
            (self._ground.folder / "out.json").write_text("the old file")
        self._ground.write_export_config(f"{name}.json", {"export_file": "out.json", "state_folder": state})
