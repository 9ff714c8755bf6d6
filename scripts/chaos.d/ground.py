"""The ground a trial stands on: the lab at its beginning, a folder with everything an import needs, and the program."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from people import ELSEWHERE, GROUP_MAP, RESTRICTED, SOURCE_GUID, UNIT, anchor, crew, document, dn, password, populate
from proxy import Proxy
from support.lab import Domain, Entry
from support.program import PROGRAM, Run

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT, EARLIER = "chaos-begin", "chaos-earlier"
# Far more than a run takes; whoever needs it hangs, and that is a loss.
PATIENCE = 90

# What differs between two runs that did the same, or is the server's own affair.
VOLATILE = {
    "whenchanged", "whencreated", "usnchanged", "usncreated", "objectguid", "objectsid", "dscorepropagationdata",
    "lastlogon", "lastlogoff", "lastlogontimestamp", "logoncount", "badpasswordtime", "badpwdcount", "objectcategory",
    "distinguishedname", "ridallocationpool", "ridpreviousallocationpool", "ridnextrid", "ridsetreferences"}


@dataclass
class Verdict:
    """What became of one trial. `number`: of the write, where there is one."""

    fault: str
    point: str
    number: int
    # Runs it took after the fault.
    runs: int = 0
    # The one the command ended with.
    status: int = 0
    faults: list[str] = field(default_factory=list)
    # Operations that the run had to call unknown.
    unknown: int = 0

    @property
    def is_survived(self) -> bool:
        return not self.faults


class Lab:
    """One of `scripts/lab`, of which only the target is needed. It is put back in the end."""

    def __init__(self) -> None:
        self._command("up")
        self._command("snapshot", EARLIER)
        # To go back to the beginning takes a third of the time without it.
        self._command("kill", "source")

    def begin(self) -> None:
        self._command("snapshot", SNAPSHOT)

    def restore(self) -> None:
        self._command("restore", SNAPSHOT)

    def kill(self) -> None:
        self._command("kill", "target")

    def start(self) -> None:
        self._command("restart", "target")

    def leave(self) -> None:
        self._command("restore", EARLIER)
        self._command("up")

    @staticmethod
    def _command(*arguments: str, check: bool = True) -> None:
        result = subprocess.run([str(ROOT / "scripts/lab"), *arguments], capture_output=True, text=True, timeout=120,
                                stdin=subprocess.DEVNULL)
        if check and result.returncode:
            raise RuntimeError(f"scripts/lab {arguments}: {result.stderr}")


class Ground:
    def __init__(self, folder: Path, lab: Lab):
        self.lab, self.folder, self._master = lab, folder / "work", folder / "master"
        self.target = Domain("TARGET")
        self.now = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(minutes=1)
        self.people = crew(self.now)
        tls = Path(os.environ["LAB_FOLDER"]) / "tls"
        self.proxy = Proxy(
            self.target.address, self.target.ca_file, str(tls / "target-cert.pem"), str(tls / "target-key.pem"))
        self._prepare()

    # The beginning

    def _prepare(self) -> None:
        self._master.mkdir(parents=True)
        populate(self.target, self.people)
        self._write("users.json", document(self.people, self.now))
        self.write_config(self._master, {})
        self._write_state()
        self._write("resolutions.json", json.dumps({"resolutions": self._answers()}, indent=2))
        (self._master / "resolutions.json").chmod(0o600)
        self.lab.begin()

    def _write(self, name: str, text: str) -> None:
        (self._master / name).write_text(text)

    def config(self) -> dict[str, Any]:
        user, password_file = self.target.service
        return {
            "input_file": "users.json", "server": self.proxy.uri,
            "bind": {"user": user, "password_file": password_file}, "tls": {"ca_file": self.target.ca_file},
            "managed_user_path": f"{UNIT},{self.target.user_path}", "group_path": self.target.group_path,
            "group_map": GROUP_MAP, "restricted_groups": RESTRICTED, "expiration_time": "P30D",
            "state_folder": "state"}

    def write_config(self, folder: Path, changes: dict[str, Any]) -> None:
        (folder / "import-config.json").write_text(json.dumps(self.config() | changes))

    def write_export_config(self, name: str, changes: dict[str, Any]) -> None:
        """An export of the target's own people: it goes through the proxy, and the source need not be up."""
        kept = ("server", "bind", "tls", "group_path")
        config = {key: value for key, value in self.config().items() if key in kept}
        (self.folder / name).write_text(json.dumps(config | {
            "user_path": f"{UNIT},{self.target.user_path}", "search_groups": ["CN=Plant Operators"]} | changes))

    def _write_state(self) -> None:
        """As an import of yesterday's file has left it."""
        container = self.target.entry(f"{UNIT},{self.target.user_path}").octets("objectGUID")
        self.state = f"state/{guid_text(container)}"
        yesterday = (self.now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        folder = self._master / self.state
        folder.mkdir(parents=True)
        (folder / "import-state.json").write_text(json.dumps({
            "digest": "0" * 64, "timestamp": yesterday, "sequence": 1, "source_domain_guid": SOURCE_GUID,
            "export_id": "chaos-1", "imported_at": yesterday}))

    def _answers(self) -> list[dict[str, Any]]:
        """What the import is going to ask, answered as the people say."""
        result = subprocess.run([PROGRAM, "import", "--dry-run"], cwd=self._master, capture_output=True, text=True,
                                timeout=PATIENCE, stdin=subprocess.DEVNULL)
        asked = json.loads(result.stdout)["required_interactions"]
        by_anchor = {anchor(person.number): person for person in self.people}
        answered = []
        for entry in asked:
            entry = {key: value for key, value in entry.items() if key not in ("reason", "state")}
            person = by_anchor.get(entry.get("anchor", ""))
            answer = person.answers.get(entry["type"]) if person else None
            answered.append(entry | (answer or {}))
        # Who does not exist yet is not asked about: an answer given beforehand, as UserSync's files have it.
        stamp = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        asked_of = {(entry.get("anchor"), entry["type"]) for entry in asked}
        for person in self.people:
            for kind, answer in person.answers.items():
                if (anchor(person.number), kind) not in asked_of:
                    answered.append({"type": kind, "user": person.record["cn"], "anchor": anchor(person.number),
                                     "timestamp": stamp, **answer})
        return answered

    def reset(self) -> None:
        """Everything as it was at the beginning."""
        self.lab.restore()
        self.renew_folder()

    def renew_folder(self) -> None:
        self.proxy.begin()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._master, self.folder)

    # The program

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen:
        return subprocess.Popen(
            [PROGRAM, *arguments], cwd=self.folder, text=True, env=environment(self.folder), **{
                "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})

    @staticmethod
    def end(process: subprocess.Popen) -> Run:
        try:
            output, log = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            output, log = process.communicate()
            return Run(-1, output, log + "\nit did not end")
        return Run(process.returncode, output or "", log or "")

    def run(self, *arguments: str) -> Run:
        return self.end(self.start(*arguments))

    # What stands there

    def look(self) -> dict[str, dict[str, list[str]]]:
        """Every user and group of the domain by its GUID, what is volatile left out."""
        found = self.target.search(self.target.base, "(|(objectClass=user)(objectClass=group))")
        return {guid_text(entry.octets("objectGUID")): plain(entry) for entry in found}

    def opened_with(self, account: str, number: int) -> bool:
        return self.target.accepts(account, password(number))


def plain(entry: Entry) -> dict[str, list[str]]:
    values = {name: sorted(value.hex() if name in BINARY else value.decode() for value in octets)
              for name, octets in entry.values.items() if name not in VOLATILE}
    if "pwdlastset" in values:
        values["pwdlastset"] = ["never" if values["pwdlastset"] == ["0"] else "set"]
    return values | {"dn": [entry.dn]}


BINARY = {"supplementalcredentials", "logonhours", "dnsrecord"}


def guid_text(octets: bytes) -> str:
    first, second, third = (octets[a:b][::-1].hex() for a, b in ((0, 4), (4, 6), (6, 8)))
    return f"{first}-{second}-{third}-{octets[8:10].hex()}-{octets[10:].hex()}"


def environment(folder: Path) -> dict[str, str]:
    """Without a browser and a display."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
            "LANG": "C.UTF-8"}
