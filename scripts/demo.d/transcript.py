"""Plays the demo and writes what it said into docs/demo-transcript.txt, and parts
of that into the README: between the lines

    <!-- demo-transcript: 3 8 -->
    <!-- /demo-transcript -->

stand the steps 3 and 8. What differs from run to run (times, identifiers,
checksums) is replaced by stand-ins, so that a change of the files is a change
of what ad-user-sync does.
"""

import hashlib
import os
import re
import subprocess
import sys
import uuid

TRANSCRIPT, README = "docs/demo-transcript.txt", "README.md"
FIRST_DAY = "Day one: "


def main():
    demo = subprocess.run(
        ["scripts/demo"], stdout=subprocess.PIPE, env=os.environ | {"NO_COLOR": "1"}, text=True, check=False)
    if demo.returncode != 0:
        sys.stdout.write(demo.stdout)
        sys.exit(demo.returncode)
    days = demo.stdout[demo.stdout.index(FIRST_DAY):demo.stdout.index("\nThat was it")]
    text = normalised(days.rstrip() + "\n")
    with open(TRANSCRIPT, "w", encoding="utf-8") as file:
        file.write(text)
    with open(README, encoding="utf-8") as file:
        readme = file.read()
    with open(README, "w", encoding="utf-8") as file:
        file.write(with_steps(readme, text))
    print(f"{TRANSCRIPT} and {README} written")


def normalised(text):
    for pattern, stand_in in (
        (r"\b[0-9a-f]{64}\b", lambda n: hashlib.sha256(f"checksum {n}".encode()).hexdigest()),
        (r"(?<=objectGUID )[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", lambda n: str(uuid.UUID(int=0x5F3C << 112 | n, version=4))),
        # Ids of questions: at the beginning of their line, or as an argument.
        (r"(?m)(?<=^    )[0-9a-z]{10}(?=  )|(?<= accept )(?=[a-z]*\d)[0-9a-z]{10}\b",
         lambda n: hashlib.md5(f"question {n}".encode()).hexdigest()[:10]),
        (r"\b20\d\d-\d\d-\d\dT[\d:.]+Z", lambda n: f"2026-11-20T08:15:{n:02}Z"),
        (r"\b[A-Z][a-z]{5}-[a-z]{6}-[a-z]{6}-\d\d\b", lambda n: f"Lusaba-badogi-tugado-{n:02}"),
        (r"(?<=expires )20\d\d-\d\d-\d\d", lambda n: "2026-12-21"),
        (r"\b\S+(?: as \S+)?@\S+(?=, signed in as )", lambda n: "anna@plant-sync"),
        (r"\d+(?:\.\d+)? s\b", lambda n: "… s"),
        (r"(?<=stands still at )\d+", lambda n: "4137"),
        (r"(?<=Checked )\d+|(?<=Checking )\d+", lambda n: "3706"),
    ):
        seen = {}
        text = re.sub(pattern, lambda m, s=seen, f=stand_in: s.setdefault(m[0], f(len(s) + 1)), text)
    return text


def with_steps(readme, text):
    steps = dict(re.findall(r"(?ms)^(\d+)\. (.*?)(?=^\d+\. |^Day |\Z)", text))

    def block(match):
        chosen = "\n".join(f"{n}. {steps[n]}" for n in match[1].split())
        chosen = re.sub(r"\n{3,}", "\n\n", chosen).strip()
        return f"<!-- demo-transcript:{match[1]}-->\n```console\n{chosen}\n```\n<!-- /demo-transcript -->"

    return re.sub(r"(?s)<!-- demo-transcript:([\d ]+)-->.*?<!-- /demo-transcript -->", block, readme)


if __name__ == "__main__":
    main()
