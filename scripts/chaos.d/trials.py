"""One trial: the beginning, a run with a fault at one of its writes, the run again, and the judgement."""

import json
import re
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from ground import Ground, Run, Verdict
from model import Expectation, Journal, State
from people import anchor, password
from proxy import Fault

KILL, CUT, TERM, INT = "process killed", "connection cut", "SIGTERM", "SIGINT"
# It comes back at once, or when the run has ended.
CONTROLLER, AWAY = "controller killed and restarted", "controller killed for good"
# Runs until all is done; who needs more is lost.
MOST_RUNS = 4
DISABLED = 2


@dataclass
class Ending:
    """What can be compared of two ends."""

    directory: dict[str, dict[str, list[str]]]
    resolutions: list[dict[str, Any]]
    state: dict[str, Any]
    files: list[str]
    user_file: bytes


class Trials:
    def __init__(self, ground: Ground):
        self.ground = ground
        ground.reset()
        self.before = with_memberships(ground.look())
        self.operations, self.writes, self.reference = self._undisturbed()

    def _undisturbed(self) -> tuple[int, int, Ending]:
        proxy = self.ground.proxy
        proxy.begin()
        run = self.ground.run("import")
        if run.status:
            raise RuntimeError(f"undisturbed, it ended with {run.status}:\n{run.log}")
        self.after = with_memberships(self.ground.look())
        journal = self._journal()
        faults = Expectation(self.before).after(journal).contradictions(self.after) + self._contents(run, journal)
        writes = len(proxy.writes)
        # The second run may still write into the resolutions file: which account an accepted take-over has become.
        faults += self.idle_run()
        ending = self.ending()
        faults += self.idle_run() + differences(ending, self.ending())
        self._opened_at_end(faults)
        if faults:
            raise RuntimeError("undisturbed:\n" + "\n".join(faults))
        return len(journal.steps()), writes, ending

    # One trial

    def trial(self, fault: str, point: str, number: int) -> Verdict:
        verdict = Verdict(fault, point, number)
        self.ground.reset()
        run = self._disturbed(fault, point, number)
        verdict.status = run.status
        if not self.ground.proxy.has_fired:
            verdict.faults.append("the fault did not happen")
            return verdict
        now = with_memberships(self.ground.look())
        verdict.unknown = self._judge_run(fault, run, now, verdict.faults)
        self._no_open_door(now, verdict.faults)
        self.again(verdict)
        verdict.faults += self.idle_run() + differences(self.reference, self.ending())
        self._opened_at_end(verdict.faults)
        return verdict

    def relentless(self, fault: str, number: int) -> Verdict:
        """The fault comes in every run, at its write `number`, until there are not so many left to do."""
        verdict = Verdict(f"{fault}, in every run", f"at its write {number}", number)
        self.ground.reset()
        for _ in range(self.operations):
            run = self._disturbed(fault, "answered", number)
            if not self.ground.proxy.has_fired:
                break
            verdict.runs += 1
            verdict.status = run.status
            now = with_memberships(self.ground.look())
            self._no_open_door(now, verdict.faults)
        else:
            verdict.faults.append(f"after {verdict.runs} runs it has still not come to an end")
        if run.status:
            verdict.faults.append(f"the last one ended with {run.status}: {run.log[-600:]}")
        verdict.faults += self.idle_run() + differences(self.reference, self.ending())
        self._opened_at_end(verdict.faults)
        return verdict

    def _disturbed(self, fault: str, point: str, number: int) -> Run:
        proxy, lab = self.ground.proxy, self.ground.lab
        started = []

        def restart() -> None:
            lab.start()
            proxy.listen()

        restarting = threading.Thread(target=restart)

        def lose_controller() -> bool:
            lab.kill()
            proxy.refuse()
            if fault == CONTROLLER:
                restarting.start()
            return False

        def send(number: int, goes_on: bool) -> Callable[[], bool]:
            def act() -> bool:
                started[0].send_signal(number)
                return goes_on
            return act

        action = {KILL: send(signal.SIGKILL, False), CUT: lambda: False, CONTROLLER: lose_controller,
                  AWAY: lose_controller, TERM: send(signal.SIGTERM, True), INT: send(signal.SIGINT, True)}[fault]
        proxy.begin(Fault(number, point, action))
        started.append(self.ground.start("import"))
        run = self.ground.end(started[0])
        proxy.wait_until_quiet()
        if fault == AWAY and proxy.has_fired:
            restart()
        if restarting.ident:
            restarting.join()
        return run

    def again(self, verdict: Verdict) -> None:
        self.ground.proxy.begin()
        while verdict.runs < MOST_RUNS:
            verdict.runs += 1
            run = self.ground.run("import")
            self._no_secret(run, verdict.faults)
            if run.status == 0:
                return
        verdict.faults.append(f"after {verdict.runs} more runs it still ends with {run.status}: {run.log[-600:]}")

    def idle_run(self) -> list[str]:
        """Once more, when all is done: nothing may change."""
        usn = self.ground.target.usn
        self.ground.proxy.begin()
        run = self.ground.run("import")
        faults = []
        if run.status or self.ground.proxy.writes or self.ground.target.usn != usn:
            faults.append(f"one more run ended with {run.status} and sent {self.ground.proxy.writes}")
        return faults

    # The judgement

    def _judge_run(self, fault: str, run: Run, now: State, faults: list[str]) -> int:
        """:returns: how many operations nobody knows about."""
        journal = self._journal()
        ended = {KILL: (-9,), CUT: (0,), CONTROLLER: (0,), AWAY: (1,), TERM: (143, 0), INT: (130, 0)}[fault]
        if run.status not in ended:
            faults.append(f"it ended with {run.status}: {run.log[-600:]}")
        if journal is None:
            return faults.append("it wrote, and there is no journal") or 0
        self._compare(journal, now, faults)
        if (journal.end is None) != (fault == KILL):
            faults.append(f"the journal ends with {journal.end}")
        self._history(fault, run, faults)
        if fault != KILL:
            faults += self._contents(run, journal)
        self._no_secret(run, faults)
        return sum(outcome == "unknown" for _, outcome in journal.steps())

    def _compare(self, journal: Journal, now: State, faults: list[str]) -> None:
        faults += Expectation(self.before).after(journal).contradictions(now)

    def compare_with_journal(self, faults: list[str], folder: Path) -> None:
        """The journal below `folder` against the directory as it stands now."""
        journal = Journal.latest(folder)
        self._compare(journal or Journal([]), with_memberships(self.ground.look()), faults)

    def _history(self, fault: str, run: Run, faults: list[str]) -> None:
        last = json.loads(self.ground.run("history", "--json").output)["runs"][-1]["ended"]
        expected = {KILL: "did not end", CUT: "done", CONTROLLER: "done", AWAY: "partly failed", TERM: "interrupted",
                    INT: "interrupted"}[fault]
        if last != expected and not (last == "done" and run.status == 0):
            faults.append(f"history says \"{last}\" of a run that ended with {run.status}")

    def _contents(self, run: Run, journal: Journal) -> list[str]:
        """The report says what the journal says: what the server confirmed, and nothing else."""
        try:
            summary = run.summary
        except json.JSONDecodeError:
            return [f"there is no report: {run.log[-600:]}"]
        told: dict[str, set] = {
            "create": set(summary["created"]), "update": set(summary["updated"]), "enable": set(summary["enabled"]),
            "disable": set(summary["disabled"]), "rename": {entry["user"] for entry in summary["renamed"]},
            "take over": {entry["user"] for entry in summary["taken_over"]},
            "join": {(entry["user"], entry["group"]) for entry in summary["joined"]},
            "leave": {(entry["user"], entry["group"]) for entry in summary["left"]}}
        done: dict[str, set] = {verb: set() for verb in told}
        failed = 0
        for intention, outcome in journal.steps():
            name = intention["person"]["cn"]
            if outcome in ("not done", "unknown"):
                failed += 1
            elif outcome == "skipped":
                continue
            elif intention["verb"] in ("join", "leave"):
                group = re.sub(r",OU=.*", "", intention["group"]["dn"]).removeprefix("CN=")
                done[intention["verb"]].add((name, group))
            elif intention["verb"] in done:
                done[intention["verb"]].add(name)
        faults = [f"the report tells of {verb}: {told[verb] ^ done[verb]}, the journal differs"
                  for verb in told if told[verb] != done[verb]]
        if failed != len(summary["failed"]):
            faults.append(f"{failed} operations were not confirmed, the report tells of {len(summary['failed'])}")
        return faults

    def _no_open_door(self, now: State, faults: list[str]) -> None:
        """Nobody is enabled without a password that is known, and nobody is in a group he is not to be in."""
        # A passing name hides nobody: an account keeps its GUID, a new one its anchor.
        last = {key(guid, values): values for guid, values in self.after.items()}
        for guid, values in now.items():
            first, end = self.before.get(guid, {}), last.get(key(guid, values), {})
            extra = set(values.get("memberof", [])) - set(first.get("memberof", [])) - set(end.get("memberof", []))
            if extra:
                faults.append(f"{values['dn'][0]} is in {extra}")
            if is_enabled(values) and not is_enabled(first):
                person = self._person(values)
                if person is None or not self.ground.opened_with(values["samaccountname"][0], person):
                    faults.append(f"{values['dn'][0]} is enabled, and its password is not the one that was given")

    def _opened_at_end(self, faults: list[str]) -> None:
        for person in self.ground.people:
            answer = person.answers.get("enable")
            if answer and not self.ground.opened_with(person.record["sAMAccountName"], person.number):
                faults.append(f"{person.record['cn']} cannot sign in")

    def _person(self, values: dict[str, list[str]]) -> int | None:
        mark = next(iter(values.get("admindescription", [])), None)
        return next((each.number for each in self.ground.people if anchor(each.number) == mark), None)

    def _no_secret(self, run: Run, faults: list[str]) -> None:
        word = password(0).rsplit("-", 1)[0]
        journals = "".join(path.read_text() for path in self._state_folder.rglob("*.json*"))
        if word in run.output + run.log + journals:
            faults.append("a password is in a report, a log or a journal")

    def differences_at_end(self) -> list[str]:
        return differences(self.reference, self.ending())

    # What an end is made of

    @property
    def _state_folder(self):
        return self.ground.folder / self.ground.state

    def _journal(self) -> Journal | None:
        return Journal.latest(self._state_folder)

    def _answers(self) -> list[dict[str, Any]]:
        return json.loads((self.ground.folder / "resolutions.json").read_text())["resolutions"]

    def ending(self) -> Ending:
        folder = self.ground.folder
        directory = {key(guid, values): values for guid, values in with_memberships(self.ground.look(), key).items()}
        state = json.loads((self._state_folder / "import-state.json").read_text())
        files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix != ".jsonl")
        resolutions = [{name: value for name, value in entry.items() if name != "timestamp"}
                       for entry in self._answers()]
        return Ending(directory, resolutions, state | {"imported_at": ""}, files, (folder / "users.json").read_bytes())


def key(guid: str, values: dict[str, list[str]]) -> str:
    """The same in two runs, of which each creates accounts of its own."""
    return next((mark for mark in values.get("admindescription", []) if mark.startswith("ad-user-sync:")), guid)


def is_enabled(values: dict[str, list[str]]) -> bool:
    return bool(values) and "useraccountcontrol" in values and not int(values["useraccountcontrol"][0]) & DISABLED


def with_memberships(state: State, name: Callable[[str, dict[str, list[str]]], str] = lambda guid, _: guid) -> State:
    """Groups and members by their GUIDs (or `name`), which a rename leaves alone."""
    by_dn = {values["dn"][0]: name(guid, values) for guid, values in state.items()}
    for values in state.values():
        for attribute in ("memberof", "member"):
            if attribute in values:
                values[attribute] = sorted(by_dn.get(each, each) for each in values[attribute])
    return state


def differences(expected: Ending, actual: Ending) -> list[str]:
    faults = []
    for who in sorted(set(expected.directory) | set(actual.directory)):
        first, second = expected.directory.get(who), actual.directory.get(who)
        if first is None or second is None:
            faults.append(f"in the end, {who} is {'missing' if first else 'there'}")
            continue
        faults += [f"in the end, {name} of {second['dn'][0]} is {second.get(name)}, undisturbed {first.get(name)}"
                   for name in sorted(set(first) | set(second)) if first.get(name) != second.get(name)]
    if expected.resolutions != actual.resolutions:
        different = [entry for entry in expected.resolutions + actual.resolutions
                     if entry not in expected.resolutions or entry not in actual.resolutions]
        faults.append(f"in the end, the resolutions file differs: {different or 'in its order'}")
    if expected.state != actual.state:
        faults.append(f"in the end, the state is {actual.state}")
    if expected.files != actual.files:
        faults.append(f"in the end, there are other files: {set(expected.files) ^ set(actual.files)}")
    if expected.user_file != actual.user_file:
        faults.append("the user file was changed")
    return faults
