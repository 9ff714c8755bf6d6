"""The ground a row stands on: the lab, a folder of its own, the program's configurations, and OpenLDAP's tools."""

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from measure import Failure, Sample, run
from userfile import UserFile

ROOT = Path(__file__).resolve().parents[2]
# Of the users of both sides; twelve, as a plant has them.
ATTRIBUTES = [
    "givenName", "sn", "displayName", "mail", "department", "title", "company", "telephoneNumber", "mobile",
    "physicalDeliveryOfficeName", "employeeID", "description"]
GROUPS = {
    "CN=Operators": "CN=Plant Operators", "CN=Engineers": "CN=Plant Engineers",
    "CN=Maintenance": "CN=Plant Maintenance", "CN=Visitors": "CN=Plant Visitors"}
# What the program asks the server for, beside those.
OWN_ATTRIBUTES = [
    "objectGUID", "cn", "sAMAccountName", "userPrincipalName", "userAccountControl", "accountExpires", "pwdLastSet",
    "sAMAccountType", "adminCount", "primaryGroupID", "isCriticalSystemObject", "memberOf"]
ANCHOR = "adminDescription"
USERS = "(&(objectCategory=person)(objectClass=user))"
MANAGED = "OU=Managed"


@dataclass
class Domain:
    """One domain, as `scripts/lab env` describes it."""

    side: str

    def variable(self, name: str) -> str:
        return os.environ[f"LAB_{self.side}_{name}"]

    @property
    def uri(self) -> str:
        return self.variable("LDAPS_URI")

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "LDAPCONF": "/dev/null",
                "LDAPTLS_CACERT": self.variable("CA_FILE"), "LDAPTLS_REQCERT": "demand"}

    @contextmanager
    def server_time(self) -> Iterator["ServerTime"]:
        """What the domain controller computes meanwhile, all of its processes together."""
        leader = int((Path(self.variable("FOLDER")) / "run" / "samba.pid").read_text())
        before, spent = processor_seconds(leader), ServerTime()
        yield spent
        spent.seconds = processor_seconds(leader) - before

    def tool(self, name: str, *arguments: str) -> list[str]:
        return [f"/usr/bin/{name}", "-x", "-H", self.uri, "-D", self.variable("SERVICE_USER"),
                "-y", self.variable("SERVICE_PASSWORD_FILE"), *arguments]


@dataclass
class ServerTime:
    seconds: float = 0


def processor_seconds(group: int) -> float:
    """Of a process group: of those that run, and of their children that ended."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = process.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


class Lab:
    def __init__(self) -> None:
        self.folder = Path(os.environ["LAB_FOLDER"])
        self.source, self.target = Domain("SOURCE"), Domain("TARGET")
        # The snapshot that the domains are at, unless something was written since.
        self.state: str | None = None
        # Whether the server's database waits for the disk, as it does outside of a lab.
        self.is_synced = False
        self._has_source = True

    def command(self, *arguments: str) -> None:
        result = subprocess.run(
            [str(ROOT / "scripts/lab"), *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env=os.environ | {"LAB_NOSYNC": "no" if self.is_synced else "yes"})
        if result.returncode:
            raise Failure(f"scripts/lab {' '.join(arguments)}: {result.stderr}")

    def has(self, name: str) -> bool:
        return (self.folder / "snapshots" / name).is_dir()

    def restore(self, name: str, source: bool = True) -> None:
        """Always a restart. Without the source, where it is not needed, that is quicker."""
        self.state = None
        if self._has_source and not source:
            self.command("kill", "source")
        self.command("restore", name)
        if source and not self._has_source:
            self.command("up")
        self.state, self._has_source = name, source

    def need(self, name: str, source: bool = True) -> None:
        if self.state != name or source and not self._has_source:
            self.restore(name, source)

    def snapshot(self, name: str) -> None:
        self.command("snapshot", name)
        self.state = name

    def offline(self, script: str, *arguments: str) -> None:
        """One of our own scripts that writes to a database below its server."""
        self.state = None
        command = ["/usr/bin/python3", "-s", "-B", str(ROOT / "scripts/bench.d" / script), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if result.returncode:
            raise Failure(f"{script}: {result.stderr}")


class Ground:
    """A folder with what an export or an import needs, and the program in it."""

    def __init__(self, lab: Lab, folder: Path):
        self.lab, self.folder = lab, folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # How many memberships the file has.
        self.joins = 0

    @contextmanager
    def in_memory(self) -> Iterator[None]:
        """With the folder on no disk: where the server waits for its own, what is written beside it makes it wait longer, and a
        domain controller's disk is another machine's."""
        on_disk = self.folder
        with tempfile.TemporaryDirectory(prefix="ad-user-sync-bench-", dir="/dev/shm") as memory:
            self.folder = Path(shutil.copytree(on_disk, Path(memory) / on_disk.name))
            try:
                yield
            finally:
                self.folder = on_disk

    def copy_from(self, other: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(other, self.folder)

    # Configurations

    def _connection(self, domain: Domain) -> dict[str, Any]:
        return {"server": domain.uri, "tls": {"ca_file": domain.variable("CA_FILE")},
                "bind": {"user": domain.variable("SERVICE_USER"),
                         "password_file": domain.variable("SERVICE_PASSWORD_FILE")}}

    def configure_export(self, **changes: Any) -> None:
        source = self.lab.source
        self.write("export-config.json", self._connection(source) | {
            "user_path": source.variable("USER_PATH"), "group_path": source.variable("GROUP_PATH"),
            "search_groups": list(GROUPS), "attributes": ATTRIBUTES,
            "export_file": "users.json", "state_folder": "export-state"} | changes)

    def configure_import(self, **changes: Any) -> None:
        target = self.lab.target
        generous = {"percent": 50, "count": 1_000_000}
        self.write("import-config.json", self._connection(target) | {
            "input_file": "users.json", "managed_user_path": f"{MANAGED},{target.variable('BASE_DN')}",
            "group_path": target.variable("GROUP_PATH"), "group_map": GROUPS, "expiration_time": "P20Y",
            "deactivation_limit": generous, "leave_limit": generous,
            "resolutions_file": "resolutions.json", "state_folder": "state"} | changes)

    def write(self, name: str, content: Any) -> None:
        (self.folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=4))

    def put(self, file: UserFile) -> None:
        file.write(self.folder / "users.json")
        self.joins = file.memberships

    # The program

    def program(self, *arguments: str) -> tuple[Sample, dict[str, Any]]:
        output = self.folder / f"{arguments[0]}.json"
        sample = run([os.environ["AD_USER_SYNC"], *arguments, "--json"], output, folder=self.folder,
                     environment={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"})
        summary = json.loads(output.read_text())
        sample.operations = summary["run"]["directory_operations"]
        return sample, summary

    def exported(self, users: int) -> Sample:
        sample, summary = self.program("export")
        expect("users", summary["users"], users)
        return sample

    def imported(self, **counts: int) -> Sample:
        """An import of which everything that is not named did not happen."""
        sample, summary = self.program("import", "--no-interaction")
        for what in ("created", "updated", "disabled", "enabled", "joined", "left", "renamed", "failed", "brakes"):
            expect(what, len(summary[what]), counts.get(what, 0))
        expect("unchanged", summary["unchanged"], counts.get("unchanged", 0))
        return sample

    # The tools

    def apply(self, tool: str, name: str, text: str) -> Sample:
        """`ldapadd` or `ldapmodify`, as the import's account."""
        file, target = self.folder / name, self.lab.target
        file.write_text(text)
        return run(target.tool(tool, "-f", str(file)), self.folder / f"{name}.out", environment=target.environment)

    def search(self, domain: Domain, base: str, attributes: list[str], users: int, name: str = "found.ldif",
               condition: str = USERS) -> Sample:
        found = self.folder / name
        sample = run(domain.tool("ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-E", "pr=1000/noprompt", "-b", base,
                                 condition, *attributes), found, environment=domain.environment)
        expect("entries", count_entries(found), users)
        return sample

    def searched_source(self, users: int) -> Sample:
        return self.search(self.lab.source, self.lab.source.variable("USER_PATH"), OWN_ATTRIBUTES + ATTRIBUTES, users)

    def searched_target(self, users: int) -> Sample:
        base = f"{MANAGED},{self.lab.target.variable('BASE_DN')}"
        return self.search(self.lab.target, base, [*OWN_ATTRIBUTES, ANCHOR, *ATTRIBUTES], users)


def count_entries(path: Path) -> int:
    with open(path, "rb") as file:
        return sum(line.startswith(b"dn:") for line in file)


def expect(what: str, found: Any, wanted: Any) -> None:
    if found != wanted:
        raise Failure(f"{what}: {found} instead of {wanted}")
