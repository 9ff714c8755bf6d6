"""Makes a group of the target large: crowd.py FOLDER GROUP COUNT

With contacts, which are none of the program's business.
"""

import sys

import ldb
from samba.samdb import SamDB

from offline import transaction

MEMBERS_AT_ONCE = 5000


def crowd(samdb: SamDB, group: str, count: int) -> None:
    unit = f"OU=Crowd,{samdb.domain_dn()}"
    samdb.create_ou(unit)
    members = [f"CN=Contact {number:06},{unit}" for number in range(count)]
    for member in members:
        samdb.add({"dn": member, "objectClass": "contact"})
    for start in range(0, count, MEMBERS_AT_ONCE):
        message = ldb.Message(ldb.Dn(samdb, group))
        message["member"] = ldb.MessageElement(members[start:start + MEMBERS_AT_ONCE], ldb.FLAG_MOD_ADD, "member")
        samdb.modify(message)


def main(folder: str, group: str, count: str) -> None:
    with transaction(folder) as samdb:
        crowd(samdb, group, int(count))


if __name__ == "__main__":
    main(*sys.argv[1:])
