"""People of the source domain, and user files that no export wrote."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from .lab import Domain, add, escaped, modify


@dataclass(frozen=True)
class Person:
    cn: str
    account: str
    groups: tuple[str, ...] = ("Operators",)
    attributes: dict[str, str] = field(default_factory=dict)

    def dn(self, parent: str) -> str:
        return f"CN={escaped(self.cn)},{parent}"

    def changes(self, domain: Domain, parent: str) -> list[str]:
        attributes = {"objectClass": "user", "sAMAccountName": self.account, "userAccountControl": "512",
                      "userPrincipalName": f"{self.account}@{domain.dns_name}", **self.attributes}
        joins = [modify(f"CN={group},{domain.group_path}", "add", "member", self.dn(parent)) for group in self.groups]
        return [add(self.dn(parent), attributes), *joins]


JANE = Person("Jane Doe", "web-jdoe", attributes={
    "givenName": "Jane", "sn": "Doe", "mail": "jdoe@source.test", "department": "Operations"})
CONAN = Person("Conan O'Brien", "web-cobrien", attributes={"department": "Operations"})
JÜRGEN = Person("Jürgen Köhler", "web-jkoehler", ("Engineers",), {"department": "Engineering"})

# A minute before these tests began; the same for all of them.
WRITTEN = (datetime.now(timezone.utc) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S")


def record(number: int, **extra: Any) -> dict[str, Any]:
    """Of a user file; `number` makes the identity."""
    return {
        "sAMAccountName": f"web-p{number}", "cn": f"Person {number}", "disabled": False, "accountExpires": None,
        "memberOf": ["CN=Operators"], "objectGUID": f"00000000-0000-4000-8000-{number:012d}",
        "department": "Operations", **extra}


def document(*users: dict[str, Any], sequence: int = 1) -> dict[str, Any]:
    members: dict[str, int] = {}
    for user in users:
        for group in user["memberOf"]:
            members[group] = members.get(group, 0) + 1
    return {
        "timestamp": WRITTEN, "format": 2, "export_id": f"crafted-{sequence}", "sequence": sequence,
        "source": {"domain": "crafted.test", "domain_guid": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
                   "server": "dc.crafted.test"},
        "completeness": {"users": len(users), "members": members, "highest_committed_usn": 4711},
        "users": list(users)}
