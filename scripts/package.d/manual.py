#!/usr/bin/env python3
"""Writes the man pages: `manual.py PROGRAM FOLDER`.

A page for each command, from what the program says of itself (`--experimental-dump-help` of swift-argument-parser), and
one for each configuration file, from the catalogue of keys that `export --help` and `import --help` print. The exit
statuses are those of docs/troubleshooting.md, which `scripts/docs --check` holds against the code; the examples are the
samples that are installed in /etc. The date is SOURCE_DATE_EPOCH's.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

from manual_text import ENVIRONMENT, FILES, SEE_ALSO, INSTANCE
from roff import Page, bold, breakable, italic, plain, prose

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAME = "ad-user-sync"
KEYS_FOLLOW = "Its keys:"
# Commands that read the configuration of the imports.
AT_THE_TARGET = ("resolutions", "verify", "history", "undo")


def dump(program):
    output = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
    return json.loads(output)["command"]


def version_of(program):
    output = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return output.splitlines()[0]


def exit_statuses():
    """Of the table in docs/troubleshooting.md, without its links."""
    rows = re.findall(r"(?m)^\| (\d+) \| (.+?) \|$", (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8"))
    if not rows:
        sys.exit("manual.py: docs/troubleshooting.md has no table of exit statuses any more")
    return [(status, re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", meaning)) for status, meaning in rows]


def keys(catalogue):
    """(key, what it takes, its paragraph, its example) of each paragraph of a catalogue."""
    for block in paragraphs(catalogue):
        found = key(block)
        if not found:
            sys.exit(f"manual.py: this is no key of a configuration:\n{block}")
        yield found


def paragraphs(text):
    return re.split(r"\n\n+", text.strip()) if text.strip() else []


def key(block):
    """What a paragraph tells of a key; None when it is an ordinary one."""
    found = re.match(r"(\$?[a-z][a-z_.*-]*) \(", block)
    if not found or "\n    " not in block:
        return None
    depth, end = 1, found.end()
    while depth:
        depth += {"(": 1, ")": -1}.get(block[end], 0)
        end += 1
    takes = " ".join(block[found.end():end - 1].split())
    text, marker, example = block[end:].partition("\n    Example: ")
    return found[1], takes, " ".join(text.split()), example if marker else None


def key_entry(page, name, takes, text, example):
    page.entry(f"{bold(name)} ({plain(takes)})")
    page.paragraph(prose(text))
    if example:
        page.paragraph("Example: " + breakable(bold(" ".join(example.split()))), spaced=False)


def names(argument):
    """`-h`, `--help`, or the value alone of what has no name."""
    spelled = [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument.get("names", [])]
    return sorted(spelled, key=len)


def value_of(argument):
    return italic(argument["valueName"]) if argument["kind"] != "flag" else ""


def synopsis(page, path, command):
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    words = [bold(" ".join(path))]
    for argument in merged(shown):
        spelled = argument["spelled"]
        if spelled in (["--version"], ["-h", "--help"]):
            continue
        if argument["kind"] == "positional":
            word = value_of(argument) + (" ..." if argument["isRepeating"] else "")
        else:
            word = " | ".join(bold(name) for name in spelled)
            word += " " + value_of(argument) if argument["kind"] == "option" else ""
            word += " ..." if argument["isRepeating"] else ""
        words.append(f"[{word}]" if argument["isOptional"] else word)
    if command.get("subcommands"):
        words += [italic("command"), "[" + italic("options") + "]"]
    page.section("SYNOPSIS")
    page.hanging(words)


def options(page, command):
    """The arguments in the order of the help, under the titles it gives them."""
    groups = {}
    for argument in command.get("arguments", []):
        if not argument["shouldDisplay"]:
            continue
        title = argument.get("sectionTitle") or ("ARGUMENTS" if argument["kind"] == "positional" else "OPTIONS")
        groups.setdefault(title, []).append(argument)
    for title in sorted(groups, key=lambda title: (title == "OPTIONS", title != "ARGUMENTS")):
        page.section(title.upper())
        for argument in merged(groups[title]):
            page.entry(argument["tag"])
            text = argument.get("abstract", "")
            if argument.get("defaultValue") and argument["kind"] != "flag":
                text += f" The default is {argument['defaultValue']}."
            page.paragraph(prose(text))


def merged(arguments):
    """`--create` and `--no-create` are two arguments with one explanation, which the first one has."""
    result = []
    for argument in arguments:
        spelled = names(argument)
        tag = ", ".join(bold(name) for name in spelled)
        if argument["kind"] == "option":
            tag += " " + value_of(argument)
        elif argument["kind"] == "positional":
            tag = value_of(argument)
        if result and spelled and any(f"--no-{name[2:]}" == spelled[-1] for name in result[-1]["spelled"]):
            result[-1]["tag"] += ", " + tag
            result[-1]["spelled"] += spelled
        else:
            result.append({**argument, "tag": tag, "spelled": spelled})
    return result


def page_of(path):
    return "-".join(path)


def command_pages(command, path, make):
    page = make(page_of(path), 1, command["abstract"])
    synopsis(page, path, command)
    page.section("DESCRIPTION")
    text, _, catalogue = command.get("discussion", "").partition(KEYS_FOLLOW)
    if len(path) == 1 or not text:
        page.paragraph(prose(command["abstract"]))
    for paragraph in paragraphs(text):
        found = key(paragraph)
        if found:
            key_entry(page, *found)
        else:
            page.leave()
            page.paragraph(prose(" ".join(paragraph.split())))
    if catalogue:
        page.paragraph("Its keys are explained in " + page.reference(f"{page_of(path)}-config", 5) + ".")
    subcommands = [inner for inner in command.get("subcommands", []) if inner["commandName"] != "help"]
    if subcommands:
        page.section("COMMANDS")
        for inner in subcommands:
            page.entry(page.reference(page_of([*path, inner["commandName"]]), 1))
            page.paragraph(prose(inner["abstract"]))
    options(page, command)
    page.section("EXIT STATUS")
    for status, meaning in exit_statuses() if len(path) == 1 or not subcommands else []:
        page.entry(bold(status))
        page.paragraph(prose(meaning[0].upper() + meaning[1:] + "."))
    if len(path) > 1 and subcommands:
        page.paragraph("That of its commands.")
    if len(path) == 1:
        for title, entries in (("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
            page.section(title)
            for tag, text in entries:
                page.entry(bold(tag) if title == "ENVIRONMENT" else italic(tag))
                page.paragraph(prose(text))
        page.section("EXAMPLES")
        page.paragraph(prose(INSTANCE[0]))
        page.example(INSTANCE[1])
    elif not subcommands:
        page.section("ENVIRONMENT")
        page.paragraph("See " + page.reference(NAME, 1) + ".")
    related = [page_of(path[:-1])] if len(path) > 1 else [page_of([*path, inner["commandName"]]) for inner in subcommands]
    related = [(name, 1) for name in related]
    related += [(page_of([NAME, side, "config"]), 5) for side in ("export", "import")
                if len(path) == 1 or side in path or path[1] == "groups" or side == "import" and path[1] in AT_THE_TARGET]
    page.see_also(related, SEE_ALSO)
    page.write()
    for inner in subcommands:
        command_pages(inner, [*path, inner["commandName"]], make)
    if catalogue:
        configuration_page(path[-1], catalogue, make)


def configuration_page(side, catalogue, make):
    file = f"{side}-config.json"
    page = make(f"{NAME}-{side}-config", 5, f"the configuration of {NAME} {side}")
    page.section("DESCRIPTION")
    page.paragraph(prose(
        f"{NAME} {side} reads {file} in the working folder, or what its option --config names. The file is one JSON object "
        "(RFC 8259), in UTF-8. A key that does not exist, a value of another type and a key that stands twice are "
        "mistakes; all of them are told at once, each with its line and what was expected. Relative paths are relative "
        "to the working folder."))
    page.paragraph(prose(
        "A key with a dot is a key of an object: bind.user is the key user of the object bind."))
    page.section("KEYS")
    for found in keys(catalogue):
        key_entry(page, *found)
    page.section("FILES")
    for tag, text in FILES:
        if side in tag or "config" not in tag:
            page.entry(italic(tag))
            page.paragraph(prose(text))
    page.section("EXAMPLES")
    page.paragraph("The sample that is installed:")
    page.example((ROOT / f"packaging/samples/{file}.sample").read_text(encoding="utf-8").rstrip().splitlines())
    page.see_also([(f"{NAME}-{side}", 1), (NAME, 1), (f"{NAME}-check-{side}", 1), (f"{NAME}-init-{side}", 1)], SEE_ALSO)
    page.write()


def main(program, folder):
    folder = pathlib.Path(folder)
    date = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc).date()
    version = version_of(program)

    def make(name, section, abstract):
        return Page(folder, name, section, abstract, f"{NAME} {version}", date)

    command_pages(dump(program), [NAME], make)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
