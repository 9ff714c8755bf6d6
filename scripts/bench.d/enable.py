"""Enables accounts as an administrator would have: enable.py FOLDER RESOLUTIONS

Of a target domain: those that an enable is asked for in the resolutions file.
"""

import json
import sys

import ldb
from samba.samdb import SamDB

from offline import transaction


def enable(samdb: SamDB, anchors: set[str]) -> None:
    for entry in samdb.search(f"OU=Managed,{samdb.domain_dn()}", ldb.SCOPE_SUBTREE, "(objectClass=user)",
                              ["adminDescription"]):
        if str(entry["adminDescription"][0]) not in anchors:
            continue
        message = ldb.Message(entry.dn)
        for name, value in ("userAccountControl", "512"), ("pwdLastSet", "-1"):
            message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
        samdb.modify(message)


def main(folder: str, resolutions: str) -> None:
    with open(resolutions) as file:
        asked = json.load(file)["resolutions"]
    with transaction(folder) as samdb:
        enable(samdb, {entry["anchor"] for entry in asked if entry["type"] == "enable"})


if __name__ == "__main__":
    main(*sys.argv[1:])
