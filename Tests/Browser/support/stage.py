"""Two sides of one synchronisation, both begun anew."""

import json
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

from . import program
from .lab import Domain, Entry, add, line, modify
from .people import Person, document


class Stage:
    """A unit with some people in the source, an empty managed container in the target, a folder with both
    configurations; and the sessions that were started on it."""

    UNIT = "OU=Browser"
    GROUPS = ("Plant Operators", "Plant Engineers", "Plant Maintenance", "Plant Visitors", "Everyone Managed",
              "Plant Admins", "Plant Console")

    def __init__(self, folder: Path):
        self.folder, self.temporary = folder, folder / "tmp"
        self.temporary.mkdir()
        self.source, self.target = Domain("SOURCE"), Domain("TARGET")
        self.source_path = f"{self.UNIT},{self.source.base}"
        self.managed_path = f"{self.UNIT},{self.target.user_path}"
        self.elsewhere = f"OU=Browser Elsewhere,{self.target.base}"
        self.sessions: list[program.Session] = []
        self.export_config = {
            "export_file": "users.json", **self._access(self.source), "user_path": self.source_path,
            "group_path": self.source.group_path, "search_groups": ["CN=Operators", "CN=Engineers", "CN=Visitors"],
            "attributes": ["givenName", "sn", "displayName", "mail", "department"], "state_folder": "state/export"}
        self.import_config = {
            "input_file": "users.json", **self._access(self.target), "managed_user_path": self.managed_path,
            "group_path": self.target.group_path, "restricted_groups": ["CN=Plant Admins"],
            "group_map": {"CN=Operators": "CN=Plant Operators",
                          "CN=Engineers": ["CN=Plant Engineers", "CN=Plant Admins"], "*": "CN=Everyone Managed"},
            "state_folder": "state/import", "heartbeat_interval": 0.5, "log_file": "import.log", "log_level": "DEBUG"}
        self.clear()
        self.target.apply(add(self.managed_path, {"objectClass": "organizationalUnit"}))

    @staticmethod
    def _access(domain: Domain) -> dict[str, Any]:
        user, password_file = domain.service
        return {"server": domain.uri, "bind": {"user": user, "password_file": password_file},
                "tls": {"ca_file": domain.ca_file}}

    def clear(self) -> None:
        # Samba deletes a member of a large group slowly, so the groups go first.
        self.target.apply(*(modify(f"CN={group},{self.target.group_path}", "replace", "member")
                            for group in self.GROUPS))
        self.target.remove(self.managed_path, self.elsewhere)
        self.source.remove(self.source_path)

    def close(self) -> None:
        for session in self.sessions:
            session.stop()

    # The commands

    def people(self, *crew: Person) -> None:
        """Puts them into the source domain, and exports them."""
        changes = [change for person in crew for change in person.changes(self.source, self.source_path)]
        self.source.renew(self.source_path, *changes)
        self.export()

    def file(self, *records: dict[str, Any], sequence: int = 1) -> None:
        """Writes a user file that no export wrote."""
        (self.folder / "users.json").write_text(json.dumps(document(*records, sequence=sequence), ensure_ascii=False))

    def _run(self, command: str, config: dict[str, Any], arguments: tuple[str, ...]) -> program.Run:
        (self.folder / f"{command}-config.json").write_text(json.dumps(config))
        return program.run([command, *arguments], self.folder, self.temporary)

    def export(self) -> program.Run:
        return self._run("export", self.export_config, ()).ended(0)

    def import_(self, *arguments: str, status: int = 0) -> program.Run:
        return self._run("import", self.import_config, arguments).ended(status)

    def session(self, *arguments: str, **variables: str) -> program.Session:
        (self.folder / "import-config.json").write_text(json.dumps(self.import_config))
        session = program.Session(self.folder, self.temporary, arguments, **variables)
        self.sessions.append(session)
        return session

    # What stands in the target

    def managed(self, account: str) -> Entry:
        found = self.target.search(self.managed_path, f"(sAMAccountName={account})")
        assert found, f"no managed user {account}"
        return found[0]

    def managed_users(self, *attributes: str) -> list[Entry]:
        return self.target.search(self.managed_path, "(sAMAccountType=805306368)", *attributes)

    def enable(self, *accounts: str) -> None:
        """Opens accounts, as an administrator would by hand."""
        self.target.apply(*(modify(self.managed(account).dn, "replace", "userAccountControl", "512")
                            for account in accounts))

    def set_password(self, account: str, password: str) -> None:
        """As an administrator, by hand."""
        dn = self.managed(account).dn
        self.target.apply(line("dn", dn) + "changetype: modify\nreplace: unicodePwd\n"
                          + line("unicodePwd", f'"{password}"'.encode("utf-16-le")) + "-\n")

    def holder(self, name: str, account: str, **attributes: str) -> str:
        """A local account outside the container.

        :returns: its distinguished name.
        """
        dn = f"CN={name},{self.elsewhere}"
        self.target.renew(self.elsewhere, add(dn, {
            "objectClass": "user", "sAMAccountName": account, "userAccountControl": "514", **attributes}))
        return dn

    @contextmanager
    def writes_nothing(self) -> Iterator[None]:
        before = self.target.usn
        yield
        assert self.target.usn == before, f"{self.target.usn - before} writes"

    # What stands in the folder

    @property
    def resolutions(self) -> list[dict[str, Any]]:
        return json.loads((self.folder / "resolutions.json").read_text())["resolutions"]

    def resolution(self, kind: str, user: str) -> dict[str, Any] | None:
        found = [entry for entry in self.resolutions if entry["type"] == kind and entry["user"] == user]
        assert len(found) <= 1, found
        return next(iter(found), None)
