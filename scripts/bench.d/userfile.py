"""User files that are made from an export: fewer people, changed people, missing people."""

import copy
import json
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

# Those that an export looks for.
GROUPS = ["CN=Engineers", "CN=Maintenance", "CN=Operators", "CN=Visitors"]

# Accounts that the lab's target has of its own.
IN_THE_WAY = {"pnovak", "mweber"}


class UserFile:
    def __init__(self, content: dict[str, Any]):
        self._content = content

    @staticmethod
    def read(path: Path) -> "UserFile":
        return UserFile(json.loads(path.read_text()))

    @property
    def users(self) -> list[dict[str, Any]]:
        users: list[dict[str, Any]] = self._content["users"]
        return users

    @property
    def memberships(self) -> int:
        return sum(len(user["memberOf"]) for user in self.users)

    def write(self, path: Path) -> None:
        """As an export would have written it; what it counted agrees with the records."""
        content = self._content
        members = Counter(group for user in self.users for group in user["memberOf"])
        counted = content["completeness"]
        counted |= {"users": len(self.users), "units": {".": len(self.users)},
                    "members": {group: members[group] for group in GROUPS}}
        counted.pop("previous", None)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=4))

    def next(self) -> "UserFile":
        """The export after this one, a minute later. An expiry moves only when it is a day off."""
        content = copy.deepcopy(self._content)
        content["sequence"] += 1
        stamp = datetime.fromisoformat(content["timestamp"]) + timedelta(minutes=1)
        content["timestamp"] = stamp.isoformat()
        content["export_id"] = f"{stamp:%Y%m%dT%H%M%SZ}-{content['sequence']:08x}"
        return UserFile(content)

    def subset(self, count: int) -> "UserFile":
        """People from all over the file, each of whom an import creates: active, and with a name nobody else has."""
        part = self.next()
        step = len(self.users) // count
        part._content["users"] = part.users[::step][:count]
        names = set(IN_THE_WAY)
        for number, user in enumerate(part.users):
            user |= {"disabled": False, "accountExpires": None}
            for key in "sAMAccountName", "cn":
                if plain(user[key]) in names:
                    user[key] = f"{user[key][:15]}-{number}"
                names.add(plain(user[key]))
        return part

    def changed(self, each: int, missing_each: int) -> tuple["UserFile", int, int]:
        """One in `each` has another office; of one in `missing_each` there is no record.

        - Returns: the file, and how many these are.
        """
        part = self.next()
        gone = {id(user) for user in part.users[1::missing_each]}
        changes = 0
        for user in part.users[::each]:
            if id(user) not in gone:
                user["physicalDeliveryOfficeName"] = "Z-1"
                changes += 1
        part._content["users"] = [user for user in part.users if id(user) not in gone]
        return part, changes, len(gone)

    def exchanged(self, group: str) -> "UserFile":
        """The first who is in that group is no longer, the first who is not, is."""
        part = self.next()
        inside = next(user for user in part.users if group in user["memberOf"])
        outside = next(user for user in part.users if group not in user["memberOf"])
        inside["memberOf"].remove(group)
        outside["memberOf"] = sorted([*outside["memberOf"], group])
        return part


def plain(name: str) -> str:
    """What a directory takes for the same name."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
