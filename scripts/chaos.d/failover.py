"""Two domain controllers of one domain, of which the first is lost: while it is read, while it is written to.

What the first had made reaches the second only when the lab replicates, which is what the trials wait with: an account
that the first has created must not be created again on the second in the meantime.
"""

import re
import subprocess
from pathlib import Path
from typing import Any

from ground import ROOT, Ground, Lab, Run, Verdict
from model import Journal
from proxy import Fault
from trials import Trials, with_memberships

READING, WRITING = "one of two controllers lost, reading", "one of two controllers lost, writing"


class PairLab(Lab):
    """With a second domain controller for the target."""

    def __init__(self) -> None:
        super().__init__()
        try:
            self._command("join")
        except RuntimeError:
            self.leave()
            raise

    def stop_source(self) -> None:
        """It goes down with the others at each restore, and is not missed."""

    def begin(self) -> None:
        self.replicate()
        super().begin()

    def replicate(self) -> None:
        self._command("replicate")


class PairGround(Ground):
    lab: PairLab

    def __init__(self, folder: Path, lab: PairLab):
        self._second = second_uri()
        super().__init__(folder, lab)

    def config(self) -> dict[str, Any]:
        return super().config() | {"server": [self.proxy.uri, self._second]}


def second_uri() -> str:
    """Of a lab that has been joined since the environment was made."""
    lines = subprocess.run([str(ROOT / "scripts/lab"), "env"], capture_output=True, text=True, check=True).stdout
    return re.search(r"LAB_SECOND_LDAPS_URI='(.*)'", lines)[1]


class Failover(Trials):
    ground: PairGround

    def __init__(self, ground: PairGround):
        super().__init__(ground)
        # Of a run that has nothing to write: a little less than one with writes.
        self.searches = ground.proxy.searches

    def reading(self, number: int) -> Verdict:
        """The first one goes at its search `number`: everything is read from the second, and all is done in one run."""
        verdict = Verdict(READING, "at a search", number)
        self.ground.reset()
        self._lose(verdict, search=number)
        if verdict.status:
            verdict.faults.append(f"it ended with {verdict.status}")
        self._come_together(verdict)
        return verdict

    def writing(self, point: str, number: int) -> Verdict:
        verdict = Verdict(WRITING, point, number)
        self.ground.reset()
        self._lose(verdict, write=Fault(number, point, self._go))
        # While the first one is away, and its last words with it.
        # Records that wait for an account of the first one fail without an operation.
        self._judge(self.ground.run("import"), "without the first one, it", verdict)
        self._come_together(verdict)
        return verdict

    def _go(self) -> bool:
        self.ground.proxy.refuse()
        return False

    def _lose(self, verdict: Verdict, write: Fault | None = None, search: int | None = None) -> None:
        proxy = self.ground.proxy
        proxy.begin(write, search=search)
        run = self.ground.run("import")
        proxy.wait_until_quiet()
        proxy.refuse()
        verdict.status = run.status
        if not proxy.has_fired:
            verdict.faults.append("the fault did not happen")
        self._judge(run, "it", verdict)
        if journal := self._journal():
            self._judge_operations(run, journal, verdict)
        else:
            verdict.faults.append("there is no journal")

    def _judge(self, run: Run, subject: str, verdict: Verdict) -> None:
        if run.status not in (0, 1):
            verdict.faults.append(f"{subject} ended with {run.status}: {run.log[-600:]}")
        self._no_secret(run, verdict.faults)

    def _judge_operations(self, run: Run, journal: Journal, verdict: Verdict) -> None:
        """The report against the journal. The directory is judged once the two servers have come together: what one has is
        not all that was done."""
        verdict.faults += self._contents(run, journal)
        is_done = {outcome for _, outcome in journal.steps()} <= {"done"}
        if is_done != (run.status == 0):
            verdict.faults.append(f"it ended with {run.status}, and by its journal all was done: {is_done}")
        verdict.unknown = sum(outcome == "unknown" for _, outcome in journal.steps())

    def _come_together(self, verdict: Verdict) -> None:
        self.ground.lab.replicate()
        self._no_open_door(with_memberships(self.ground.look()), verdict.faults)
        self.ground.proxy.listen()
        self.again(verdict)
        self.ground.lab.replicate()
        found = with_memberships(self.ground.look())
        # How Active Directory names the loser of a conflict between two domain controllers.
        verdict.faults += [f"{values['dn'][0]!r} exists twice" for values in found.values() if "CNF:" in values["dn"][0]]
        verdict.faults += [f"{values['dn'][0]!r} lost its account name" for values in found.values()
                           if values.get("samaccountname", [""])[0].startswith("$DUPLICATE")]
        verdict.faults += self.idle_run() + self.differences_at_end()
        self._opened_at_end(verdict.faults)
