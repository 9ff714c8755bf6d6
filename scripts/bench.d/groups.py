"""Large groups: one with a crowd that is none of the program's business, and one whose members are in others."""

import shutil
from pathlib import Path
from typing import Iterator

from ground import ATTRIBUTES, OWN_ATTRIBUTES, ROOT, USERS, Ground, expect
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


def nested(bench: Bench) -> Iterator[Result]:
    """Everybody is a member of the searched group, most of them through others."""
    for count in bench.sizes.nested:
        yield from nested_members(bench, count)


def nested_members(bench: Bench, count: int) -> Iterator[Result]:
    states, source = bench.states, bench.states.lab.source
    group = f"{SOURCE_GROUP},{source.variable('GROUP_PATH')}"
    nesting(states, group, count)
    # Each with a memory of its own: an export tells when a group has fewer members than the last time.
    deep, flat = states.ground("nested"), states.ground("direct")
    deep.configure_export(search_groups=[SOURCE_GROUP], nested_groups=True)
    flat.configure_export(search_groups=[SOURCE_GROUP])

    def exported(ground: Ground) -> Sample:
        with source.server_time() as spent:
            sample = ground.exported(count)
        sample.server_cpu = spent.seconds
        return sample

    def walked() -> Sample:
        sample = exported(deep)
        users = UserFile.read(deep.folder / "users.json").users
        expect("members", sum(user["memberOf"] == [SOURCE_GROUP] for user in users), count)
        return sample

    def in_chain() -> Sample:
        condition = f"(&{USERS}(memberOf:1.2.840.113556.1.4.1941:={group}))"
        with source.server_time() as spent:
            sample = deep.search(
                source, source.variable("USER_PATH"), OWN_ATTRIBUTES + ATTRIBUTES, count, condition=condition)
        sample.server_cpu = spent.seconds
        return sample

    sides = [walked, lambda: exported(flat), *([in_chain] if count <= bench.sizes.in_chain else [])]
    own, plain, *others = alternate(bench.repetitions, *sides, warm=True)
    yield Result(f"nested, {count:,}", "export with nested_groups", own, others[0] if others else None,
                 against="ldapsearch in chain, in pages")
    yield Result(f"direct, {count:,}", "export without nested_groups", plain)


def nesting(states: States, group: str, count: int) -> None:
    name = f"nested-{count}"
    if not states.lab.has(name):
        states.people(count)
        say(f"nesting groups of {count} people")
        source = states.lab.source
        states.lab.offline("nest.py", source.variable("FOLDER"), group, source.variable("USER_PATH"))
        states.lab.snapshot(name)
    states.lab.need(name)
