"""The states of the domains: made once, kept as snapshots of the lab."""

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from ground import Ground, Lab
from userfile import UserFile


@dataclass(frozen=True)
class Sizes:
    """How many users each kind of row has."""

    many: int = 20_000
    few: int = 2_000
    link: int = 500
    huge: int = 100_000
    group: int = 50_000
    beside_group: int = 1_000
    nested: tuple[int, ...] = (5_000, 50_000)
    # Of 50,000 Samba tells nothing in chain: it gives a search up after two minutes.
    in_chain: int = 5_000
    growth: tuple[int, ...] = (1_000, 10_000, 100_000)


QUICK = Sizes(many=600, few=100, link=50, huge=600, group=3_000, beside_group=100, nested=(300,), growth=(100, 600))


class States:
    def __init__(self, lab: Lab, sizes: Sizes):
        self.lab, self.sizes = lab, sizes
        # Beside the snapshots; deleted with the lab.
        self._kept = lab.folder / "bench"
        self._kept.mkdir(exist_ok=True)

    def ground(self, name: str) -> Ground:
        return Ground(self.lab, self._kept / "work" / name)

    def kept(self, name: str) -> Path:
        return self._kept / name

    def people(self, count: int) -> str:
        """So many at the source, nobody at the target."""
        name = f"people-{count}"
        if not self.lab.has(name):
            self.lab.restore("fresh")
            say(f"seeding {count} people")
            self.lab.command("seed", str(count))
            self.lab.snapshot(name)
        self.lab.need(name)
        return name

    def export(self, count: int) -> Path:
        """A file of so many people."""
        path = self.kept(f"people-{count}.json")
        if not path.exists():
            self.people(count)
            ground = self.ground("states")
            ground.configure_export()
            ground.exported(count)
            shutil.move(ground.folder / "users.json", path)
        return path

    def file(self, count: int) -> UserFile:
        """Of so many people that an import creates."""
        exported = sorted(int(path.stem.removeprefix("people-")) for path in self._kept.glob("people-*.json"))
        whole = next((size for size in exported if size >= count), max(count, self.sizes.many))
        return UserFile.read(self.export(whole)).subset(count)

    def managed(self, count: int) -> str:
        """So many at the target, each imported and enabled; the source is as good as empty."""
        name = f"managed-{count}"
        if not (self.lab.has(name) and self.kept(name).exists()):
            ground = self.importing(self.file(count), "states")
            self.lab.restore("fresh", source=False)
            say(f"importing {count} people")
            sample = ground.imported(created=count, joined=ground.joins)
            ground.write("first-import.json", asdict(sample))
            say(f"enabling {count} people")
            self.lab.offline("enable.py", self.lab.target.variable("FOLDER"), str(ground.folder / "resolutions.json"))
            ground.imported(unchanged=count)
            self.lab.snapshot(name)
            shutil.move(ground.folder, self.kept(name))
        self.lab.need(name, source=False)
        return name

    def managing(self, count: int, name: str) -> Ground:
        """The folder of the imports that made that state, and the domain in it."""
        ground = self.ground(name)
        ground.copy_from(self.kept(self.managed(count)))
        ground.configure_import()
        return ground

    def importing(self, file: UserFile, name: str) -> Ground:
        """A folder from which nothing was imported yet."""
        ground = self.ground(name)
        ground.configure_import()
        ground.put(file)
        return ground


def say(text: str) -> None:
    print(f"  {text} …", flush=True)
