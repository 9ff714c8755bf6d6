"""The two domains of the lab, looked at and changed by OpenLDAP's own tools as the administrator: a test sees what the
program did through a client that is not the program's."""

import base64
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass, field


@dataclass
class Entry:
    """An object of the directory. Attribute names are not case sensitive."""

    dn: str
    values: dict[str, list[bytes]] = field(default_factory=dict)

    def all(self, attribute: str) -> list[str]:
        return [value.decode() for value in self.values.get(attribute.lower(), [])]

    def first(self, attribute: str) -> str | None:
        return next(iter(self.all(attribute)), None)

    def octets(self, attribute: str) -> bytes:
        return self.values[attribute.lower()][0]

    @property
    def is_disabled(self) -> bool:
        return bool(int(self.first("userAccountControl") or "0") & 2)

    @property
    def groups(self) -> set[str]:
        """The common names of the groups this is a member of."""
        return {name.split(",")[0].removeprefix("CN=") for name in self.all("memberOf")}

    @staticmethod
    def parse(text: str) -> "list[Entry]":
        entries = []
        for block in text.split("\n\n"):
            entry = None
            for line in block.splitlines():
                match = re.match(r"([A-Za-z][\w;-]*)(::?) ?(.*)", line)
                if not match:
                    continue
                name, colons, rest = match.groups()
                value = base64.b64decode(rest) if colons == "::" else rest.encode()
                if name.lower() == "dn":
                    entry = Entry(value.decode())
                elif entry:
                    entry.values.setdefault(name.lower(), []).append(value)
            if entry:
                entries.append(entry)
        return entries


def escaped(name: str) -> str:
    """As a value in a distinguished name (RFC 4514 section 2.4)."""
    return re.sub(r'([",+;<>\\=]|^[# ]| $)', r"\\\1", name)


def line(name: str, value: str | bytes) -> str:
    octets = value.encode() if isinstance(value, str) else value
    return f"{name}:: {base64.b64encode(octets).decode()}\n"


def add(dn: str, attributes: dict[str, str | list[str]]) -> str:
    """A change for :meth:`Domain.apply`."""
    lines = [line("dn", dn), "changetype: add\n"]
    for name, values in attributes.items():
        lines += [line(name, value) for value in ([values] if isinstance(values, str) else values)]
    return "".join(lines)


def modify(dn: str, kind: str, attribute: str, *values: str) -> str:
    return (line("dn", dn) + f"changetype: modify\n{kind}: {attribute}\n"
            + "".join(line(attribute, value) for value in values) + "-\n")


def delete(dn: str) -> str:
    return line("dn", dn) + "changetype: delete\n"


class Domain:
    """One domain, as `scripts/lab env` describes it."""

    def __init__(self, side: str):
        def variable(name: str) -> str:
            return os.environ[f"LAB_{side}_{name}"]

        self.address, self.uri, self.ca_file = variable("ADDRESS"), variable("LDAPS_URI"), variable("CA_FILE")
        self.base, self.dns_name, self.netbios = variable("BASE_DN"), variable("DOMAIN"), variable("NETBIOS")
        self.user_path, self.group_path = variable("USER_PATH"), variable("GROUP_PATH")
        self.administrator = (variable("ADMIN_USER"), variable("ADMIN_PASSWORD_FILE"))
        self.service = (variable("SERVICE_USER"), variable("SERVICE_PASSWORD_FILE"))
        self.service_dn, self.smb_conf = variable("SERVICE_DN"), variable("SMB_CONF")

    def tool(self, name: str, *arguments: str, text: str = "", allowed: tuple[int, ...] = (0,),
             account: tuple[str, str] | None = None) -> subprocess.CompletedProcess:
        user, password_file = account or self.administrator
        result = subprocess.run(
            [f"/usr/bin/{name}", "-x", "-H", self.uri, "-D", user, "-y", password_file, *arguments],
            input=text, text=True, capture_output=True, timeout=60,
            env={"LDAPCONF": "/dev/null", "LDAPTLS_CACERT": self.ca_file, "LDAPTLS_REQCERT": "demand"})
        assert result.returncode in allowed, f"{name} {arguments}: {result.returncode}\n{result.stderr}"
        return result

    def search(self, base: str, text: str = "(objectClass=*)", *attributes: str, scope: str = "sub") -> list[Entry]:
        paging = [] if scope == "base" else ["-E", "pr=1000/noprompt"]
        result = self.tool("ldapsearch", "-LLL", "-o", "ldif-wrap=no", *paging, "-b", base, "-s", scope, text,
                           *(attributes or ("*", "memberOf")), allowed=(0, 32))
        return Entry.parse(result.stdout)

    def entry(self, dn: str) -> Entry | None:
        return next(iter(self.search(dn, scope="base")), None)

    def apply(self, *changes: str) -> None:
        self.tool("ldapmodify", text="\n".join(changes))

    def remove(self, *units: str) -> None:
        """Deletes units with all that is in them, where they are."""
        control = "control: 1.2.840.113556.1.4.805 true\n"
        changes = [line("dn", unit) + control + "changetype: delete\n" for unit in units]
        self.tool("ldapmodify", "-c", text="\n".join(changes), allowed=(0, 32))

    def renew(self, unit: str, *changes: str) -> None:
        """Begins an organisational unit anew."""
        self.remove(unit)
        self.apply(add(unit, {"objectClass": "organizationalUnit"}), *changes)

    @property
    def usn(self) -> int:
        """Rises with every write, whatever it is."""
        result = self.tool("ldapsearch", "-LLL", "-b", "", "-s", "base", "highestCommittedUSN")
        return int(Entry.parse(result.stdout.replace("dn:\n", "dn: rootDSE\n"))[0].first("highestCommittedUSN"))

    def accepts(self, user: str, password: str) -> bool:
        """Whether somebody can sign in with this password, over TLS."""
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(password)
            file.flush()
            result = self.tool("ldapsearch", "-s", "base", "-b", "", "1.1", allowed=(0, 49),
                               account=(f"{user}@{self.dns_name}", file.name))
        return result.returncode == 0

    def samba_tool(self, *arguments: str) -> None:
        """On the domain controller itself."""
        result = subprocess.run(["/usr/bin/samba-tool", *arguments, "-s", self.smb_conf],
                                text=True, capture_output=True, timeout=120)
        assert result.returncode == 0, f"samba-tool {arguments}: {result.stderr}"

    def delegate_take_over(self, account: str) -> None:
        """What docs/delegation.md says the service account needs to move this one account into the container."""
        octets = self.entry(self.service_dn).octets("objectSid")
        parts = [int.from_bytes(octets[at:at + 4], "little") for at in range(8, len(octets), 4)]
        sid = "-".join(["S-1-5", *map(str, parts)])
        name, cn = "bf967a0e-0de6-11d0-a285-00aa003049e2", "bf96793f-0de6-11d0-a285-00aa003049e2"
        self.samba_tool("dsacl", "set", f"--objectdn={account}",
                        f"--sddl=(A;;SD;;;{sid})(OA;;WP;{name};;{sid})(OA;;WP;{cn};;{sid})")
