"""The fenced blocks of a page, and what the comments on the lines before them say.

    <!-- not run: it opens a browser -->      the reason why nobody runs this block
    <!-- at the source -->                    where it is run; `at the target` is the rule
    <!-- before: target restored -->          what happens first; the page's scenario knows how
    <!-- file: import-config.json -->         the block is that file
    <!-- keys of: import-config.json -->      these keys are added to that file

In a `console` block, `$ ` begins a command of an ordinary user, `# ` one of the
administrator on a domain controller; a line that ends in a backslash goes on.
What follows is what it says: `…` stands for any text, and alone in a line (or
as `… 12 more lines`) for any lines. A command of which the page shows nothing
may say anything. It has to end with 0, unless the next one is `echo $?`.
"""

import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\S*)\s*$")
COMMENT = re.compile(r"^<!-- (not run|before|file|keys of|at the)(?::| ) ?(.*?) -->$")
PROMPT = re.compile(r"^[$#] (.*)$")


@dataclasses.dataclass
class Command:
    line: int
    text: str
    output: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Block:
    page: str  # its path from the root of the repository
    line: int
    language: str
    lines: list
    marks: dict

    @property
    def is_console(self):
        return self.language == "console"

    @property
    def reason(self):
        """Why it is not run, or None."""
        return self.marks.get("not run")

    @property
    def side(self):
        return self.marks.get("at the", "target")

    def commands(self):
        found = []
        goes_on = False
        for number, line in enumerate(self.lines, self.line + 1):
            start = PROMPT.match(line)
            if goes_on:
                found[-1].text += "\n" + line
            elif start:
                found.append(Command(number, start[1]))
            elif found:
                found[-1].output.append(line)
            goes_on = line.endswith("\\") and (goes_on or bool(start))
        return found


def blocks_of(page):
    """All fenced blocks of a page, in order."""
    found, marks, opened = [], {}, None
    for number, line in enumerate((ROOT / page).read_text(encoding="utf-8").split("\n"), 1):
        fence, comment = FENCE.match(line), COMMENT.match(line)
        if opened and fence and not fence[1]:
            found.append(opened)
            opened = None
        elif opened:
            opened.lines.append(line)
        elif fence:
            opened = Block(str(page), number, fence[1], [], marks)
            marks = {}
        elif comment:
            marks = marks | {comment[1]: comment[2].strip()}
        elif line.strip() and not line.startswith("<!--"):
            marks = {}
    return found


def faults(page, is_run):
    """What `scripts/docs --check` says of a page: every command is run, or has a reason.

    `is_run` tells whether `scripts/pages` has a scenario for the page.
    """
    for block in blocks_of(page):
        place = f"{page}:{block.line}"
        if not block.is_console:
            if any(line.startswith("$ ") for line in block.lines) and block.language in ("", "sh", "bash", "shell"):
                yield f"{place}: commands stand in a ```console block"
            continue
        if "not run" in block.marks:
            if len(block.reason) < 8:
                yield f"{place}: `not run` needs a reason"
        elif not is_run:
            yield f"{place}: `scripts/pages` does not run this page: mark the block `<!-- not run: REASON -->`"
        elif not block.commands():
            yield f"{place}: no command in it"
        elif any(line.startswith("> ") for line in block.lines):
            yield f"{place}: Windows' commands need a block of their own, with a reason"
        if block.side not in ("source", "target"):
            yield f"{place}: `at the {block.side}`?"
