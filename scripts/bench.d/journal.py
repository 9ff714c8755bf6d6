"""What a run did, from its journal, as LDIF for OpenLDAP's tools."""

import base64
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Iterator

Intention = dict[str, Any]


def intentions(state_folder: Path) -> list[Intention]:
    """Of the latest run there."""
    latest = max(state_folder.glob("*/journal/*.jsonl"))
    with open(latest) as file:
        return [entry for entry in map(json.loads, file) if entry["line"] == "intention"]


def creations(entries: list[Intention]) -> str:
    """For `ldapadd`."""
    return "\n".join(
        line("dn", entry["account"]["dn"]) + line("objectClass", "user") + "".join(values(entry, add=True))
        for entry in entries if entry["verb"] == "create")


def joins(entries: list[Intention]) -> list[str]:
    """For one `ldapmodify` each: a group and its new members."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        if entry["verb"] == "join":
            groups.setdefault(entry["group"]["dn"], []).append(entry["account"]["dn"])
    return [line("dn", group) + "changetype: modify\nadd: member\n" + "".join(line("member", dn) for dn in members)
            + "-\n" for group, members in groups.items()]


def changes(entries: list[Intention]) -> str:
    """For `ldapmodify`."""
    return "\n".join(
        line("dn", entry["account"]["dn"]) + "changetype: modify\n" + "".join(values(entry, add=False))
        for entry in entries if entry["verb"] in ("update", "disable"))


def values(entry: Intention, add: bool) -> Iterator[str]:
    for change in entry["changes"]:
        name = change["attribute"]
        if not add:
            yield f"replace: {name}\n"
        for value in change["after"]:
            yield line(name, filetime(value) if name == "accountExpires" else value)
        if not add:
            yield "-\n"


def line(name: str, value: Any) -> str:
    octets = base64.b64decode(value["base64"]) if isinstance(value, dict) else value.encode()
    return f"{name}:: {base64.b64encode(octets).decode()}\n"


def filetime(text: str) -> str:
    """100 nanoseconds since 1601, as AD counts."""
    if text == "never":
        return str(2**63 - 1)
    if text.isdigit():
        return text
    since = datetime.fromisoformat(text.replace("Z", "+00:00")) - datetime(1601, 1, 1, tzinfo=timezone.utc)
    return str(round(since.total_seconds()) * 10**7)
