"""Makes everybody a member of one group of the source through others: nest.py FOLDER GROUP PEOPLE

Chains of groups below the group, side by side; the people are dealt out to all of them.
"""

import sys

import ldb
from samba.samdb import SamDB

from offline import transaction

LEVELS, CHAINS = 4, 5
MEMBERS_AT_ONCE = 5000


def nest(samdb: SamDB, top: str, people: str) -> None:
    unit = f"OU=Nested,{samdb.domain_dn()}"
    samdb.create_ou(unit)
    groups = []
    for chain in range(CHAINS):
        above = top
        for level in range(LEVELS):
            group = f"CN=Nested {chain + 1}-{level + 1},{unit}"
            samdb.add({"dn": group, "objectClass": "group", "sAMAccountName": f"nested-{chain + 1}-{level + 1}"})
            add_members(samdb, above, [group])
            groups.append(group)
            above = group
    found = samdb.search(people, ldb.SCOPE_SUBTREE, "(sAMAccountType=805306368)", ["cn"])
    names = sorted(str(entry.dn) for entry in found)
    for number, group in enumerate(groups):
        add_members(samdb, group, names[number::len(groups)])


def add_members(samdb: SamDB, group: str, members: list[str]) -> None:
    for start in range(0, len(members), MEMBERS_AT_ONCE):
        message = ldb.Message(ldb.Dn(samdb, group))
        message["member"] = ldb.MessageElement(members[start:start + MEMBERS_AT_ONCE], ldb.FLAG_MOD_ADD, "member")
        samdb.modify(message)


def main(folder: str, group: str, people: str) -> None:
    with transaction(folder) as samdb:
        nest(samdb, group, people)


if __name__ == "__main__":
    main(*sys.argv[1:])
