"""The corpus of a reader as one text file, an input a line in Base64, and as
the folder of files that libFuzzer takes."""

import base64
import hashlib
import pathlib
import sys


def unpack(file, folder):
    for line in pathlib.Path(file).read_text().splitlines():
        data = base64.b64decode(line)
        (pathlib.Path(folder) / hashlib.sha1(data).hexdigest()).write_bytes(data)


# Of each file: the shortest inputs up to that. The repository is no place for the rest.
MOST_BYTES = 24_000


def pack(folder, file):
    lines = sorted((base64.b64encode(path.read_bytes()).decode() for path in pathlib.Path(folder).iterdir()),
                   key=lambda line: (len(line), line))
    kept, size = [], 0
    for line in lines:
        size += len(line) + 1
        if size <= MOST_BYTES:
            kept.append(line + "\n")
    pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(file).write_text("".join(kept))
    print(f"{file}: {len(kept)} of {len(lines)} inputs")


{"unpack": unpack, "pack": pack}[sys.argv[1]](*sys.argv[2:])
