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


def pack(folder, file):
    lines = sorted(base64.b64encode(path.read_bytes()).decode() for path in pathlib.Path(folder).iterdir())
    pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(file).write_text("".join(line + "\n" for line in sorted(lines, key=lambda line: (len(line), line))))
    print(f"{file}: {len(lines)} inputs, {pathlib.Path(file).stat().st_size} bytes")


{"unpack": unpack, "pack": pack}[sys.argv[1]](*sys.argv[2:])
