"""Fills the source domain with people: seed.py FOLDER COUNT

Writes straight into the database, below the LDAP server, which may run or not:
several processes share it, and `samba-tool user create` does the same. All in
one transaction, since a transaction costs far more than an entry. Who is there
already is left alone.
"""

import os
import sys
from datetime import datetime, timezone

import ldb
from samba import dsdb
import samba.param
from samba.auth import system_session
from samba.samdb import SamDB

from layout import child
from people import people

MEMBERS_AT_ONCE = 1000


def unit_dn(samdb, unit):
    parent = f"OU=People,{samdb.domain_dn()}"
    for part in unit.split("/"):
        dn = ldb.Dn(samdb, "OU=x")
        dn.set_component(0, "OU", part)
        dn.add_base(ldb.Dn(samdb, parent))
        parent = str(dn)
    return parent


def filetime(moment):
    """100 nanoseconds since 1601, as AD counts."""
    if isinstance(moment, int):
        return str(moment)
    return str(int((moment - datetime(1601, 1, 1, tzinfo=timezone.utc)).total_seconds()) * 10**7)


def add_person(samdb, person, parent):
    control = dsdb.UF_NORMAL_ACCOUNT | (0 if person.enabled else dsdb.UF_ACCOUNTDISABLE)
    entry = {
        "dn": child(samdb, person.cn, parent), "objectClass": "user",
        "sAMAccountName": person.account,
        "userPrincipalName": f"{person.account}@source.test",
        "userAccountControl": str(control), **person.attributes}
    if person.expires is not None:
        entry["accountExpires"] = filetime(person.expires)
    samdb.add(entry)
    return entry["dn"]


def bystanders(number):
    """Objects that are no users, though they look like some: entries by cn."""
    if number % 20 == 7:
        yield {"cn": f"Supplier {number:05}", "objectClass": "contact",
               "displayName": f"Supplier {number:05}", "mail": f"supplier{number}@example.test"}
    if number % 20 == 13:
        yield {"cn": f"PLC-{number:05}", "objectClass": "computer",
               "sAMAccountName": f"PLC-{number:05}$",
               "userAccountControl": str(dsdb.UF_WORKSTATION_TRUST_ACCOUNT)}


def seed(samdb, count):
    base = samdb.domain_dn()
    present = samdb.search(f"OU=People,{base}", ldb.SCOPE_SUBTREE,
                           "(|(objectClass=user)(objectClass=contact))", ["sAMAccountName", "cn"])
    accounts = {str(entry["sAMAccountName"][0]).casefold() for entry in present
                if "sAMAccountName" in entry}
    names = {str(entry["cn"][0]) for entry in present}

    members, units, added = {}, {}, 0
    for person in people(count):
        parent = units.setdefault(person.unit, unit_dn(samdb, person.unit))
        if person.account.casefold() not in accounts:
            dn = add_person(samdb, person, parent)
            for group in person.groups:
                members.setdefault(group, []).append(str(dn))
            added += 1
        for entry in bystanders(person.number):
            cn = entry.pop("cn")
            if cn not in names:
                entry["dn"] = child(samdb, cn, parent)
                samdb.add(entry)
                # A group may hold contacts and computers, too.
                members.setdefault("Maintenance", []).append(str(entry["dn"]))
    for group, dns in members.items():
        add_members(samdb, child(samdb, group, f"OU=Groups,{base}"), dns)
    return added


def add_members(samdb, group, dns):
    for start in range(0, len(dns), MEMBERS_AT_ONCE):
        message = ldb.Message(group)
        message["member"] = ldb.MessageElement(
            dns[start:start + MEMBERS_AT_ONCE], ldb.FLAG_MOD_ADD, "member")
        samdb.modify(message)


def main(folder, count):
    lp = samba.param.LoadParm()
    lp.load(os.path.join(folder, "etc", "smb.conf"))
    samdb = SamDB(url=os.path.join(folder, "private", "sam.ldb"), session_info=system_session(),
                  lp=lp, options=["batch_mode:1"])
    samdb.transaction_start()
    try:
        added = seed(samdb, count)
    except BaseException:
        samdb.transaction_cancel()
        raise
    samdb.transaction_commit()
    print(f"{count} people seeded into SOURCE.TEST, {added or 'none'} of them new")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]))
