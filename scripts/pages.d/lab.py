"""The lab's two domains, under the names that the pages give them, and the folders of one page."""

import json
import pathlib
import re
import shutil
import stat
import subprocess
import sys

from blocks import ROOT
from session import Session

SNAPSHOT = "pages"
PEOPLE = 60

# What the pages call `ad-user-sync`, `samba-tool` and the rest of an administrator's tools. On a domain controller
# these find the domain by themselves; here it follows from the folder.
WRAPPERS = {
    "samba-tool": """#!/bin/sh
case $PWD in */source-side*) conf=$LAB_SOURCE_SMB_CONF ;; *) conf=$LAB_TARGET_SMB_CONF ;; esac
exec /usr/bin/samba-tool "$@" -s "$conf"
""",
    # Nobody is there to look at a page that is opened.
    "browser": "#!/bin/sh\nexit 0\n",
}


class Lab:
    def __init__(self, name, program):
        self.name, self.program = name, program
        self.was_up = self.command("status", check=False) == 0

    def command(self, *arguments, check=True):
        done = subprocess.run(
            [ROOT / "scripts/lab", "--name", self.name, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False)
        if check and done.returncode:
            sys.exit(f"scripts/lab {' '.join(arguments)}: {done.stdout}")
        return done.returncode

    def prepare(self):
        """The same domains each time: freshly made, with the same people."""
        self.command("up")
        self.command("reset")
        self.command("seed", str(PEOPLE))
        self.command("snapshot", SNAPSHOT)
        done = subprocess.run(
            [ROOT / "scripts/lab", "--name", self.name, "env"], stdout=subprocess.PIPE, text=True, check=True)
        self.variables = dict(re.findall(r"(?m)^export (\w+)='(.*)'$", done.stdout))

    def restore(self):
        self.command("restore", SNAPSHOT)

    def finish(self):
        if not self.was_up:
            self.command("down")


class Stage:
    """Where one page is played: a folder for each side, and one for the medium that goes between them."""

    def __init__(self, lab, folder):
        self.lab, self.folder = lab, pathlib.Path(folder)
        for name in ("bin", "home", "stick", "source-side/secrets", "target-side/secrets"):
            (self.folder / name).mkdir(parents=True, mode=0o700)
        for name, text in WRAPPERS.items():
            file = self.folder / "bin" / name
            file.write_text(text)
            file.chmod(0o755)
        (self.folder / "bin/ad-user-sync").symlink_to(lab.program)
        self.table = self.names()
        self.dialogues = []
        # What happens before a block that is marked with its name.
        self.steps = {}
        # Of runs and questions: as the page has them, and what they are here.
        self.identifiers = {}
        environment = {
            "PATH": f"{self.folder}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(self.folder / "home"),
            "TERM": "dumb", "LC_ALL": "C.UTF-8", "BROWSER": "browser", "LDAPCONF": "/dev/null",
        }
        self.environment = environment | self.lab.variables
        self.session = Session(str(self.folder), self.environment)

    def __getitem__(self, variable):
        return self.lab.variables[f"LAB_{variable}"]

    # What stands in the pages, and what it is here. The first two thirds are also what is said the other way round.
    def names(self):
        pairs = []
        for side in ("source", "target"):
            pairs += [(f"dc{n}.{side}.test", self[f"{side.upper()}_ADDRESS"]) for n in (1, 2)]
        pairs.append(("/media/stick", str(self.folder / "stick")))
        return pairs

    def as_here(self, text):
        for shown, here in self.table:
            text = text.replace(shown, here)
        return re.sub(r"(?<= )[0-9a-z]\w{3,}(?:Z-[0-9a-f]+)?(?=\s|$)", lambda word: self.identifier(word[0]), text)

    def identifier(self, word):
        """As on a command line, the first characters of one will do."""
        return next((here for shown, here in self.identifiers.items() if shown.startswith(word)), word)

    def as_shown(self, text):
        for side in ("source", "target"):
            text = text.replace(self[f"{side.upper()}_HOST"], f"dc1.{side}.test")
        for shown, here in self.table:
            text = text.replace(here, shown)
        return text.replace(str(self.folder) + "/", "/srv/")

    # MARK: preparations

    def side(self, side):
        return self.folder / f"{side}-side"

    def secrets(self):
        """The certificates of the authorities, the passwords of the service accounts, one HMAC key for both."""
        key = subprocess.run(["openssl", "rand", "-hex", "32"], stdout=subprocess.PIPE, check=True).stdout
        for side in ("source", "target"):
            self.authority(side)
            shutil.copy(self[f"{side.upper()}_SERVICE_PASSWORD_FILE"], self.side(side) / "secrets/bind-password")
            self.write(self.side(side) / "secrets/hmac-key", key)

    def authority(self, side):
        shutil.copy(self[f"{side.upper()}_CA_FILE"], self.side(side) / f"secrets/{side}-ca.pem")

    def write(self, file, content):
        file.write_bytes(content)
        file.chmod(stat.S_IRUSR | stat.S_IWUSR)

    def configure(self, side, keys):
        """Writes the configuration of a side; afterwards, adds keys to it (None takes one away)."""
        file = self.side(side) / f"{'export' if side == 'source' else 'import'}-config.json"
        self.merge(file, keys)

    def merge(self, file, keys):
        old = json.loads(file.read_text()) if file.exists() else {}
        merged = {key: value for key, value in (old | keys).items() if value is not None}
        file.write_text(self.as_here(json.dumps(merged, indent=4, ensure_ascii=False)) + "\n")

    def run(self, side, command, status=0, dialogue=()):
        """What the reader is thought to have done before."""
        self.session.run(f"cd {self.side(side)}")
        said, ended = self.session.run(self.as_here(command), dialogue)
        if ended != status:
            raise RuntimeError(f"preparation `{command}` ended with {ended}:\n{said}")
        return said

    def asks(self, command, *dialogue):
        """What a command of the page asks, and what is typed then."""
        self.dialogues.append((command, dialogue))

    def dialogue(self, command):
        for index, (start, dialogue) in enumerate(self.dialogues):
            if command.startswith(start):
                del self.dialogues[index]
                return [(question, self.as_here(answer)) for question, answer in dialogue]
        return ()

    def password(self, side):
        return pathlib.Path(self[f"{side.upper()}_SERVICE_PASSWORD_FILE"]).read_text().strip()

    def close(self):
        self.session.close()
