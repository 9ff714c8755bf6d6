"""What a run of libFuzzer came to, as a line for people and as a row of
docs/fuzzing.md. No number of that page is written by hand."""

import datetime
import os
import pathlib
import re
import sys

PAGE = pathlib.Path("docs/fuzzing.md")


def replace_rows(name, change):
    text = PAGE.read_text()
    begin, end = f"<!-- recorded: {name} -->\n", f"<!-- /recorded: {name} -->"
    before, rest = text.split(begin)
    table, after = rest.split(end)
    head, rows = table.splitlines()[:2], table.splitlines()[2:]
    PAGE.write_text(before + begin + "\n".join(head + change(rows)) + "\n" + end + after)


def reader(name, log, record):
    text = pathlib.Path(log).read_text(errors="replace")
    stat = {key: value for key, value in re.findall(r"^stat::(\w+):\s+(\d+)$", text, re.M)}
    runs = stat["number_of_executed_units"]
    seconds = re.search(r"Done \d+ runs in (\d+) second", text).group(1)
    last = re.findall(r"cov: (\d+) ft: (\d+)", text)[-1]
    row = [name, str(datetime.date.today()), os.environ["BUILT_FROM"], f"{int(runs):,}", seconds, last[0], last[1], stat["slowest_unit_time_sec"],
           stat["peak_rss_mb"]]
    print(f"{name}: {int(runs):,} executions in {seconds} s, coverage {last[0]}, no crash, no hang")
    if record == "yes":
        line = "| " + " | ".join(row) + " |"
        replace_rows("runs", lambda rows: [r for r in rows if not r.startswith(f"| {name} |")] + [line])


def scaling(file):
    rows = pathlib.Path(file).read_text().splitlines()
    replace_rows("scaling", lambda _: rows)


{"reader": reader, "scaling": scaling}[sys.argv[1]](*sys.argv[2:])
