"""What may stand in the directory, by the journal of a run: the run's word is taken for every operation, and then held
against the directory."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from people import file_time

State = dict[str, dict[str, list[str]]]
# Of an answer that was not "done": nobody knows whether it happened. Any other says that it did not.
UNKNOWN = "unanswered"


def folded(name: str) -> str:
    """A distinguished name, comparable: the server and the program escape differently."""
    return name.replace("\\", "").lower()


@dataclass
class Journal:
    lines: list[dict[str, Any]]

    @classmethod
    def latest(cls, folder: Path) -> "Journal | None":
        files = sorted(folder.glob("journal/*.jsonl"))
        return cls([json.loads(line) for line in files[-1].read_text().splitlines()]) if files else None

    @property
    def end(self) -> str | None:
        return self.lines[-1]["result"] if self.lines[-1]["line"] == "end" else None

    def steps(self) -> list[tuple[dict[str, Any], str]]:
        """Each intention with "done", "not done", "skipped" or "unknown"."""
        answers = {line["number"]: line for line in self.lines if line["line"] == "answer"}
        return [(line, verdict(answers.get(line["number"]))) for line in self.lines if line["line"] == "intention"]


def verdict(answer: dict[str, Any] | None) -> str:
    if answer is None or answer.get("kind") == UNKNOWN:
        return "unknown"
    return {"done": "done", "failed": "not done", "skipped": "skipped"}[answer["result"]]


@dataclass
class Expectation:
    """The values that each attribute of each account may have. Accounts by GUID, new ones by their folded name."""

    before: State
    allowed: dict[str, dict[str, list[list[str]]]] = field(default_factory=dict)
    created: dict[str, str] = field(default_factory=dict)

    def after(self, journal: Journal) -> "Expectation":
        for intention, outcome in journal.steps():
            if outcome in ("done", "unknown"):
                self._take(intention, is_certain=outcome == "done")
        return self

    def _take(self, intention: dict[str, Any], is_certain: bool) -> None:
        account = intention["account"].get("guid") or folded(intention["account"]["dn"])
        if intention["verb"] == "create":
            self.created[account] = "done" if is_certain else "unknown"
        for change in intention.get("changes", []):
            name, after = change["attribute"].lower(), [str(value) for value in change["after"]]
            if name == "distinguishedname":
                name, after = "dn", [folded(value) for value in after]
            if name == "accountexpires":
                after = [expiry(value) for value in after]
            self._allow(account, name, after, is_certain)
        if intention["verb"] in ("join", "leave"):
            group = intention["group"]["guid"]
            for now in self._values(account, "memberof"):
                changed = sorted(set(now) | {group} if intention["verb"] == "join" else set(now) - {group})
                self._allow(account, "memberof", changed, is_certain, instead_of=now)
        if intention.get("password", {}).get("password") == "set":
            self._allow(account, "pwdlastset", ["set"], is_certain)

    def _values(self, account: str, name: str) -> list[list[str]]:
        known = self.allowed.setdefault(account, {})
        # Of a new account, the server says that no password was set.
        default = ["never"] if name == "pwdlastset" and account in self.created else []
        return list(known.setdefault(name, [self.before.get(account, {}).get(name, default)]))

    def _allow(self, account: str, name: str, values: list[str], is_certain: bool,
               instead_of: list[str] | None = None) -> None:
        kept = self._values(account, name)
        if is_certain:
            kept = [each for each in kept if instead_of is not None and each != instead_of]
        self.allowed[account][name] = [*kept, sorted(values)]

    def contradictions(self, now: State) -> list[str]:
        """What stands in the directory and should not, by the journal; or the other way round."""
        faults = []
        new = {folded(values["dn"][0]): guid for guid, values in now.items() if guid not in self.before}
        for name in sorted(set(new) - set(self.created)):
            faults.append(f"{name} was created, and not announced")
        for name, outcome in self.created.items():
            if name in new:
                faults += self._differences(name, {}, now[new[name]])
            elif outcome == "done":
                faults.append(f"{name} is said to be created, and is not there")
        for guid, before in self.before.items():
            if guid not in now:
                faults.append(f"{before['dn']} is gone")
            else:
                faults += self._differences(guid, before, now[guid])
        return faults

    def _differences(self, account: str, before: dict[str, list[str]], now: dict[str, list[str]]) -> list[str]:
        allowed = self.allowed.get(account, {})
        # A new account has much that the server gave it.
        names = set(allowed) | (set(before) | set(now) if before else {"memberof"})
        if "dn" in allowed:
            names -= {"cn", "name"}
        # Follows from the others.
        names -= {"member", "samaccounttype"}
        faults = []
        for name in sorted(names):
            expected = allowed.get(name, [before.get(name, [])])
            actual = now.get(name, [])
            if name == "dn":
                expected = [[folded(value) for value in values] for values in expected]
                actual = [folded(value) for value in actual]
            if sorted(actual) not in [sorted(values) for values in expected]:
                faults.append(f"{now['dn'][0]}: {name} is {actual}, by the journal {' or '.join(map(str, expected))}")
        return faults


def expiry(text: str) -> str:
    """As the directory has it."""
    if text == "never":
        return "9223372036854775807"
    return file_time(datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc))
