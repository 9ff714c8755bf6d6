"""A mapped group with a crowd of members that are none of the program's business."""

import shutil
from pathlib import Path
from typing import Iterator

from ground import ROOT, expect
from measure import Sample, alternate, run
from rows import Bench, Result
from states import States, say
from userfile import UserFile

SOURCE_GROUP, TARGET_GROUP = "CN=Operators", "CN=Plant Operators"


def big_group(bench: Bench) -> Iterator[Result]:
    states, sizes = bench.states, bench.sizes
    target = states.lab.target
    group = f"{TARGET_GROUP},{target.variable('GROUP_PATH')}"
    kept = crowded(states, group)
    ground = states.ground("big-group")
    ground.copy_from(kept)
    ground.configure_import()
    file = UserFile.read(ground.folder / "users.json")
    inside = sizes.group + sum(SOURCE_GROUP in user["memberOf"] for user in file.users)

    def ours() -> Sample:
        nonlocal file
        file = file.exchanged(SOURCE_GROUP)
        ground.put(file)
        return ground.imported(joined=1, left=1, unchanged=sizes.beside_group - 2)

    def reference() -> Sample:
        output = ground.folder / "members"
        sample = run(["/usr/bin/python3", "-s", "-B", str(ROOT / "scripts/bench.d/ranges.py"), target.uri,
                      target.variable("SERVICE_USER"), target.variable("SERVICE_PASSWORD_FILE"),
                      target.variable("CA_FILE"), group], output)
        expect("members", int(output.read_text()), inside)
        return sample

    states.lab.state = None
    own, others = alternate(bench.repetitions, ours, reference, warm=True)
    yield Result("big-group", f"{inside:,} members, one joins, one leaves", own, others, 1.2,
                 against="reading them once, by ranges")


def crowded(states: States, group: str) -> Path:
    """A state with such a group; the folder of its imports."""
    name = f"crowd-{states.sizes.group}"
    if not (states.lab.has(name) and states.kept(name).exists()):
        state = states.managed(states.sizes.beside_group)
        say(f"adding {states.sizes.group} contacts to a group")
        states.lab.offline("crowd.py", states.lab.target.variable("FOLDER"), group, str(states.sizes.group))
        states.lab.snapshot(name)
        shutil.copytree(states.kept(state), states.kept(name))
    states.lab.need(name, source=False)
    return states.kept(name)
