"""Who stands in the target domain before a trial, and who is in the user file: between the two lies a plan in which
everything an import does happens at least once."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from support.lab import Domain, add, line, modify

UNIT, ELSEWHERE = "OU=Chaos", "OU=Chaos Elsewhere"
SOURCE_GUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
LIFETIME = timedelta(days=30)
OPERATORS, ENGINEERS, VISITORS = "CN=Operators", "CN=Engineers", "CN=Visitors"
GROUP_MAP = {
    OPERATORS: "CN=Plant Operators", ENGINEERS: ["CN=Plant Engineers", "CN=Plant Admins"],
    VISITORS: "CN=Plant Visitors", "*": "CN=Everyone Managed"}
RESTRICTED = ["CN=Plant Admins"]


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def anchor(number: int) -> str:
    return f"ad-user-sync:{SOURCE_GUID}:{guid(number)}"


def password(number: int) -> str:
    return f"Bad-Day-2026-{number:03d}"


@dataclass
class Person:
    """`before`: the account in the container, None for nobody. `record`: in the user file, None for nobody."""

    number: int
    before: dict[str, Any] | None
    record: dict[str, Any] | None
    # The groups of the account, by cn.
    groups: tuple[str, ...] = ("Plant Operators", "Everyone Managed")
    # Answers to give in advance, by the type of the question.
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Set before the trial, without a word to the tool.
    has_password: bool = False
    is_outside: bool = False


def crew(now: datetime) -> list[Person]:
    """`now`: when the file was written."""
    people: list[Person] = []
    usual = now + LIFETIME - timedelta(hours=2)

    def person(before: dict[str, Any] | None = None, record: dict[str, Any] | None = None, *, known: bool = True,
               filed: bool = True, groups: tuple[str, ...] = ("Plant Operators", "Everyone Managed"),
               **rest: Any) -> None:
        number = len(people) + 1
        names = {"sAMAccountName": f"chaos-p{number}", "cn": f"Person {number:02d}"}
        details = {"department": "Operations", "title": "Operator"}
        account = {**names, **details, "expiry": usual, "enabled": True, "adminDescription": anchor(number),
                   **(before or {})}
        entry = {**names, "disabled": False, "accountExpires": None, "memberOf": [OPERATORS],
                 "objectGUID": guid(number), **details, **(record or {})}
        people.append(Person(number, account if known else None, entry if filed else None, groups, **rest))

    for _ in range(2):
        person()  # nothing to do
    for title in ("Shift Leader", "Engineer", None):
        person(record={"title": title, "department": "Safety"})
    person({"department": None}, {"telephoneNumber": "+49 40 100"})
    for days in (3, 12):
        person({"expiry": now + timedelta(days=days)})  # extended
    for days in (90, 60):
        person({"expiry": now + timedelta(days=days)})  # shortened
    person(record={"accountExpires": (now + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M:%S")})
    # Two who exchange their names, and a chain of three.
    first = len(people) + 1
    person(record={"cn": f"Person {first + 1:02d}", "sAMAccountName": f"chaos-p{first + 1}"})
    person(record={"cn": f"Person {first:02d}", "sAMAccountName": f"chaos-p{first}"})
    for step in (1, 2, 3):
        number = first + 1 + step
        after = {"cn": f"Person {number + 1:02d}", "sAMAccountName": f"chaos-p{number + 1}"}
        person(record=after if step < 3 else {"cn": "Person, renamed", "sAMAccountName": "chaos-renamed"})
    person(record={"cn": "Person O'Neil #1"})
    for _ in range(2):
        person(filed=False)  # missing: deactivated
    for _ in range(2):
        person(record={"disabled": True})
    for _ in range(2):  # leave one group, join another
        person(record={"memberOf": [VISITORS]})
    person(record={"memberOf": []})
    for _ in range(2):  # join, with a right that an operator gave, and one that waits for its answer
        person(record={"memberOf": [OPERATORS, ENGINEERS]}, answers={"join": {"accept": True}})
    person(record={"memberOf": [ENGINEERS]})
    for _ in range(2):  # created by an earlier run, opened by this one
        person({"enabled": False}, answers={"enable": {"accept": True, "password": password(len(people) + 1)}})
    person({"enabled": False}, answers={"enable": {"accept": True, "keep_password": True}}, has_password=True)
    person({"enabled": False})  # waits for its answer
    for _ in range(2):  # adopted
        person({"adminDescription": None}, {"title": "Adopted"})
    # The account name is another's: a new one, and a take-over.
    person({"expiry": None, "enabled": False, "adminDescription": None, "cn": "Namesake"}, groups=(), is_outside=True,
           answers={"name": {"accept": True, "new_name": "chaos-newname"}})
    person({"expiry": None, "adminDescription": None, "cn": "Local Account"}, groups=(), is_outside=True,
           answers={"name": {"accept": True, "take_over_account": True}})
    for number in range(10):  # new ones, two of them opened at once
        answers = {"enable": {"accept": True, "password": password(len(people) + 1)}} if number < 2 else {}
        groups = [OPERATORS, ENGINEERS] if number == 2 else [OPERATORS] if number % 2 else [VISITORS]
        person(known=False, record={"memberOf": groups}, answers=answers)
    person(known=False, record={"disabled": True})  # not created
    return people


def file_time(moment: datetime) -> str:
    """100 ns since 1601."""
    return str(int((moment - datetime(1601, 1, 1, tzinfo=timezone.utc)).total_seconds()) * 10_000_000)


def dn(person: Person, target: Domain) -> str:
    place = f"{ELSEWHERE},{target.base}" if person.is_outside else f"{UNIT},{target.user_path}"
    return f"CN={person.before['cn']},{place}"


def populate(target: Domain, people: list[Person]) -> None:
    """Begins the container and the unit beside it anew."""
    units = [f"{UNIT},{target.user_path}", f"{ELSEWHERE},{target.base}"]
    groups = sorted({group for person in people for group in person.groups} | {"Plant Admins", "Plant Engineers"})
    target.apply(*(modify(f"CN={group},{target.group_path}", "replace", "member") for group in groups))
    target.remove(*units)
    changes = [add(unit, {"objectClass": "organizationalUnit"}) for unit in units]
    known = [person for person in people if person.before]
    for person in known:
        account = person.before
        values = {
            "objectClass": "user", "sAMAccountName": account["sAMAccountName"],
            "userPrincipalName": f"{account['sAMAccountName']}@{target.dns_name}",
            "userAccountControl": "512" if account["enabled"] else "514",
            "accountExpires": file_time(account["expiry"]) if account["expiry"] else "0"}
        values |= {name: account[name] for name in ("department", "title", "adminDescription") if account[name]}
        changes.append(add(dn(person, target), values))
        if person.has_password:
            octets = f'"{password(person.number)}"'.encode("utf-16-le")
            changes.append(line("dn", dn(person, target)) + "changetype: modify\nreplace: unicodePwd\n"
                           + line("unicodePwd", octets) + "-\n")
    for group in groups:
        members = [dn(person, target) for person in known if group in person.groups]
        if members:
            changes.append(modify(f"CN={group},{target.group_path}", "add", "member", *members))
    target.apply(*changes)
    for person in known:
        if person.answers.get("name", {}).get("take_over_account"):
            target.delegate_take_over(dn(person, target))


def document(people: list[Person], now: datetime) -> str:
    records = [{"telephoneNumber": None, **person.record} for person in people if person.record]
    members: dict[str, int] = {}
    for record in records:
        for group in record["memberOf"]:
            members[group] = members.get(group, 0) + 1
    return json.dumps({
        "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S"), "format": 2, "export_id": "chaos-2", "sequence": 2,
        "source": {"domain": "chaos.test", "domain_guid": SOURCE_GUID, "server": "dc.chaos.test"},
        "completeness": {"users": len(records), "members": members, "highest_committed_usn": 4711},
        "users": records}, indent=4)
