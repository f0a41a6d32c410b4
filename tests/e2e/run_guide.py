#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a guide as a reader would: run_guide.py MERA GUIDE [SOURCE]

In an empty folder, block by block:

    ```lua arctic/plugin.lua     (any language, then a path) writes that file
    ```console                   `$ command` lines are run in a shell; what they print must be the lines
                                 below them; a line `…` stands for any lines

With SOURCE the folder holds the methodologies that ship, and plugins are found as in the source tree.

With MERA_UPDATE_GOLDEN=1 the guide is rewritten with what is printed (and loses its `…`).
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile


def blocks(lines):
    """(info, first line, last line) of each fenced block, lines counted from 0."""
    start = None
    for i, line in enumerate(lines):
        if line.startswith("```"):
            if start is None:
                start, info = i, line[3:].strip()
            else:
                yield info, start + 1, i
                start = None


def commands(lines):
    """Pairs of a command and the lines expected after it."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def matches(said, wanted):
    """Line by line; `…` takes as many as are needed."""
    pattern = "".join("(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in wanted)
    return re.fullmatch(pattern, "".join(line + "\n" for line in said)) is not None


def main(mera, guide, source=None):
    lines = open(guide, encoding="utf-8").read().split("\n")
    folder = tempfile.mkdtemp()
    bin_folder = os.path.join(folder, ".bin")
    os.mkdir(bin_folder)
    os.symlink(os.path.abspath(mera), os.path.join(bin_folder, "mera"))
    work = os.path.join(folder, "work")
    os.mkdir(work)
    if source:
        for name in ("methodologies", "docs"):
            os.symlink(os.path.abspath(os.path.join(source, name)), os.path.join(work, name))
    env = {k: v for k, v in os.environ.items() if k not in ("MERA_PLUGINS", "XDG_DATA_HOME")}
    env.update(PATH=bin_folder + ":" + env["PATH"], HOME=work, LC_ALL="C.UTF-8", LANG="C.UTF-8", NO_COLOR="1", COLUMNS="100")
    update, out, last, failed = os.environ.get("MERA_UPDATE_GOLDEN") == "1", [], 0, 0
    try:
        for info, first, end in blocks(lines):
            out += lines[last:first]
            last = first
            words = info.split()
            if len(words) == 2:
                path = os.path.join(work, words[1])
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write("\n".join(lines[first:end]) + "\n")
            elif info == "console":
                last = end
                for command, wanted in commands(lines[first:end]):
                    run = subprocess.run(command, shell=True, cwd=work, env=env, text=True, encoding="utf-8",
                                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                    said = run.stdout.rstrip("\n").split("\n") if run.stdout.strip() else []
                    out += ["$ " + command] + (wanted if update and matches(said, wanted) else said)
                    if not update and not matches(said, wanted):
                        failed += 1
                        print("%s: $ %s\n--- in the guide\n%s\n--- printed\n%s" %
                              (guide, command, "\n".join(wanted), "\n".join(said)))
        out += lines[last:]
        if update:
            open(guide, "w", encoding="utf-8").write("\n".join(out))
        return 1 if failed else 0
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
