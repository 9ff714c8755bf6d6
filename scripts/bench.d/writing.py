"""Rows that write. Each run begins at the same snapshot, with a server that was just started."""

import shutil
from typing import Callable, Iterator

import journal
from ground import Ground, expect
from measure import Sample, alternate
from rows import Bench, Result
from userfile import UserFile


def first_import(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.few
    file = bench.states.file(count)
    ground = bench.states.importing(file, "first")

    def ours() -> Sample:
        begin(bench, ground, "fresh")
        return ground.imported(created=count, joined=ground.joins)

    ours()
    written = journal.intentions(ground.folder / "state")
    creations, joins = journal.creations(written), journal.joins(written)

    def reference() -> Sample:
        begin(bench, ground, "fresh")
        sample = ground.apply("ldapadd", "creations.ldif", creations)
        for group in joins:
            sample += ground.apply("ldapmodify", "joins.ldif", group)
        ground.searched_target(count)
        return sample

    yield from both(bench, ground, "first-import", f"{count:,} users", ours, reference, 1.05, "ldapadd, ldapmodify")


def changed_import(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.many
    state = bench.states.managed(count)
    ground = bench.states.managing(count, "changed")
    file, changes, gone = UserFile.read(ground.folder / "users.json").changed(each=20, missing_each=100)

    def ours() -> Sample:
        begin(bench, ground, state)
        ground.copy_from(bench.states.kept(state))
        ground.configure_import()
        ground.put(file)
        return ground.imported(updated=changes, disabled=gone, unchanged=count - changes - gone)

    ours()
    written = journal.intentions(ground.folder / "state")
    text = journal.changes(written)
    expect("changes", text.count("changetype: modify"), changes + gone)

    def reference() -> Sample:
        begin(bench, ground, state)
        return ground.searched_target(count) + ground.apply("ldapmodify", "changes.ldif", text)

    work = f"{count:,} users, {changes:,} changed, {gone:,} missing"
    yield from both(bench, ground, "changed-import", work, ours, reference, 1.00, "ldapsearch, ldapmodify")


def both(bench: Bench, ground: Ground, name: str, work: str, ours: Callable[[], Sample],
         reference: Callable[[], Sample], limit: float, against: str) -> Iterator[Result]:
    """On a server that does not wait for its disk, which shows more of the client, and on one that does."""
    lab = bench.states.lab
    own, others = alternate(bench.repetitions, ours, reference)
    yield Result(name, work, own, others, limit, against=against)
    lab.is_synced = True
    try:
        with ground.in_memory():
            own, others = alternate(bench.repetitions, ours, reference)
    finally:
        lab.is_synced = False
    yield Result(f"{name}, synced", work, own, others, limit, against=against)


def begin(bench: Bench, ground: Ground, state: str) -> None:
    bench.states.lab.restore(state, source=False)
    bench.states.lab.state = None
    shutil.rmtree(ground.folder / "state", ignore_errors=True)
    (ground.folder / "resolutions.json").unlink(missing_ok=True)
