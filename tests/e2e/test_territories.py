# SPDX-License-Identifier: Apache-2.0
"""Real territories: the transcripts of docs/territories.md are what `mera` says.

The commands are run in a folder where the data and the methodologies stand; with MERA_UPDATE_GOLDEN=1
the page is rewritten. Skipped (77) when the shared data are not there.

    test_territories.py MERA SOURCE
"""

import os
import pathlib
import subprocess
import sys
import tempfile

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
shared = pathlib.Path(os.environ.get("MERA_SHARED", source.parent / "shared")) / "data"
page = source / "docs" / "territories.md"
if not shared.is_dir():
    print(f"skipped: no {shared}")
    sys.exit(77)


def run(command, folder):
    environment = dict(os.environ, PATH=f"{mera.parent}:{os.environ['PATH']}", COLUMNS="100",
                       NO_COLOR="1", LC_ALL="C.UTF-8")
    environment.pop("MERA_PLUGINS", None)
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, text=True,
                          capture_output=True, check=False)
    return (done.stdout + done.stderr).rstrip("\n").split("\n")


made, block = [], False
with tempfile.TemporaryDirectory() as folder:
    for name in ("ru_ikgs_2020", "ru_regions_2000_2020"):
        os.symlink(shared / name, pathlib.Path(folder) / name)
    os.symlink(source / "methodologies", pathlib.Path(folder) / "methodologies")
    for line in page.read_text(encoding="utf-8").split("\n"):
        if line.startswith("```"):
            block = not block
            made.append(line)
        elif not block:
            made.append(line)
        elif line.startswith("$ "):
            made += [line, *run(line[2:], folder)]
text = "\n".join(made)
if os.environ.get("MERA_UPDATE_GOLDEN") == "1":
    page.write_text(text, encoding="utf-8")
elif text != page.read_text(encoding="utf-8"):
    old = page.read_text(encoding="utf-8").split("\n")
    for i, (one, other) in enumerate(zip(old, made)):
        if one != other:
            print(f"docs/territories.md:{i + 1}: {one!r}, and mera says {other!r}")
            break
    sys.exit("docs/territories.md is not what mera says")
