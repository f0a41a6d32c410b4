# SPDX-License-Identifier: Apache-2.0
"""The reference pages and the program say the same.

Every ```yaml block of docs/ that is a whole methodology (its first line says `mera: 1`) passes
`mera check` as it stands, without its data. Every key of a methodology, as `mera schema` lists
them, is in docs/methodology.md, docs/data.md, docs/matching.md,
docs/databases.md or docs/audit.md, in code
quotes. docs/cli.md has every command of `mera help` under the same heading.

    test_docs.py MERA SOURCE
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
LEAST = 4  # whole methodologies, so that a change of the fences does not end the test in silence


def run(*words):
    return subprocess.run([mera, *words], capture_output=True, text=True, check=False)


def without_data(text):
    """Files that only an example names are not there: their lines say how --data would be read."""
    text = re.sub(r"^( *- )file: .*\n +", r"\1", text, flags=re.M)
    return re.sub(r"(?<!list: )\{file: [^,}]*, ", "{", text)


def check_blocks(failures):
    count = 0
    for page in sorted((source / "docs").glob("*.md")):
        for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text(), re.M | re.S):
            if not block.startswith("mera: 1"):
                continue
            count += 1
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "methodology.yaml"
                path.write_text(without_data(block))
                done = run("check", str(path), "--plugins", str(source / "plugins"))
            if done.returncode != 0 or "warning" in done.stderr:
                failures.append(f"{page.name}, block {count}: {done.stderr}")
    if count < LEAST:
        failures.append(f"only {count} whole methodologies were found in docs/")
    return count


def levels(schema):
    """Names of the levels of keys, without those of operations and their parameters."""
    return {
        name: level
        for name, level in schema["definitions"].items()
        if "." not in name and not name.startswith("use") and "properties" in level
    }


def check_keys(failures):
    said = "".join((source / "docs" / f).read_text() for f in ("methodology.md", "data.md", "matching.md", "databases.md", "audit.md"))
    said = re.sub(r"^```.*?^```", "", said, flags=re.M | re.S)
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]*)`", said))))
    found = levels(json.loads(run("schema").stdout))
    keys = {(name, key) for name, level in found.items() for key in level["properties"]}
    for name, key in sorted(keys):
        if key not in words:
            failures.append(f"the key '{key}' of '{name}' is on no reference page")
    if len(keys) < 80:
        failures.append(f"only {len(keys)} keys were found in the schema: {sorted(found)}")
    return len(keys)


def check_commands(failures):
    """docs/cli.md has every command under the heading of `mera help`."""
    page = (source / "docs" / "cli.md").read_text()
    count = 0
    for heading, names in re.findall(r"^(\S.*)\n((?:  \S.*\n)+)", run("help").stdout, flags=re.M):
        if heading == "Example":
            continue
        section = re.search(rf"^\| \*\*{re.escape(heading)}\*\* \|.*\n((?:\| `.*\n)*)", page, flags=re.M)
        for name in re.findall(r"^  (\S+(?: \S+)?)  ", names, flags=re.M):
            count += 1
            first, _, second = name.partition(" ")
            row = rf"`mera {name}\b|`mera {first} .*`{second or name}\b"
            if section is None or not re.search(row, section[1]):
                failures.append(f"docs/cli.md has no 'mera {name}' under the heading '{heading}'")
    if count < 30:
        failures.append(f"only {count} commands were found in 'mera help'")
    return count


failures = []
print(f"{check_commands(failures)} commands")
print(f"{check_blocks(failures)} whole methodologies, {check_keys(failures)} keys")
print("\n".join(failures))
sys.exit(1 if failures else 0)
