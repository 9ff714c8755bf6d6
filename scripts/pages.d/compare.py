"""What a page shows against what was said."""

import re

# Differ from run to run; a page shows one of them.
VARYING = [
    (r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?( UTC)?", "TIME"),
    (r"\b\d{4}-\d\d-\d\d\b", "DAY"),
    (r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "GUID"),
    (r"\b[0-9a-f]{64}\b", "HMAC"),
    (r"\b[A-Z][a-z]{5}-[a-z]{6}-[a-z]{6}-\d\d\b", "PASSWORD"),
    (r"\b(anna|root)@[\w-]+", "SOMEBODY"),
    (r"\b\d+(\.\d+)? s\b", "… s"),
    (r"\b\d+ directory operations", "… directory operations"),
    (r"\b(S-1-5-21-)[\d-]+", r"\1…"),
]


# The names of runs, and of questions where a line begins with one or says so: later commands of a page use them.
NAMES = re.compile(r"\b\d{8}T\d{6}Z-[0-9a-f]{8}\b|(?:(?<=^ )|(?<=question ))(?=[a-z]*\d)[0-9a-z]{10}(?= )")


def plain(text):
    """As a terminal would show it in the end: of a progress line only the last state, no colours."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    lines = [line.rstrip("\r").rsplit("\r", 1)[-1].rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def normal(line):
    line = re.sub(r"\s+", " ", line).rstrip()
    for pattern, word in VARYING:
        line = re.sub(pattern, word, line)
    return line


def matches(shown, said):
    """Whether lines of a page describe lines that were said: what their names are here, or None. Empty lines do not count."""
    pattern, names = "", []
    for line in filter(None, map(normal, shown)):
        if re.fullmatch(r" ?…( \d+ more lines?)?", line):
            pattern += r"(?:.*\n)*?"
            continue
        end = 0
        for name in NAMES.finditer(line):
            pattern += literal(line[end:name.start()]) + r"([0-9TZa-z-]+)"
            names.append(name[0])
            end = name.end()
        pattern += literal(line[end:]) + r"\n"
    found = re.fullmatch(pattern, "".join(line + "\n" for line in filter(None, map(normal, said))))
    return found and dict(zip(names, found.groups()))


def literal(text):
    return ".*".join(re.escape(part) for part in text.split("…"))
