"""Starts the program: `latticelift run` from Python."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any, List, Mapping, Optional, Union

from .reader import Run, read


class ProgramError(RuntimeError):
    """The program has ended with an error; `code` is its exit code, the text what it said last."""

    def __init__(self, code: int, text: str):
        super().__init__(text)
        self.code = code


def program() -> str:
    """Path of the program: `latticelift` in the folder LATTICELIFT_HOME, or in PATH."""
    home = os.environ.get("LATTICELIFT_HOME")
    found = shutil.which("latticelift", path=home or None)
    if not found:
        raise FileNotFoundError(
            "no program latticelift in %s: set LATTICELIFT_HOME to the folder of LatticeLift (a checkout or an unpacked package)"
            % (("LATTICELIFT_HOME (%s)" % home) if home else "PATH")
        )
    return os.path.abspath(found)


def run(
    config: Union[str, os.PathLike[str], Mapping[str, Any]],
    out: Union[str, os.PathLike[str]],
    *,
    command: str = "run",
    ranks: int = 1,
    set: Optional[Mapping[str, Any]] = None,
    seed: Optional[int] = None,
    resume: bool = False,
    overwrite: bool = False,
    quiet: bool = False,
) -> Run:
    """Runs all stages, or another command with a configuration, and returns the results.

    `config` is a file, or its keys as a dict, in which files are relative to the present folder; `out` the run directory. `set`
    changes keys, such as {"evolve.samples": 2000}. Progress is printed. An error of the program is a `ProgramError`.
    """
    start = [program()] + (["--np", str(ranks)] if ranks > 1 else [])
    options = ["--out", os.fspath(out)] + ["--quiet"] * quiet + ["--resume"] * resume + ["--overwrite"] * overwrite
    if seed is not None:
        options += ["--seed", str(seed)]
    for key, value in (set or {}).items():
        options += ["--set", "%s=%s" % (key, json.dumps(value))]
    if isinstance(config, Mapping):
        text = json.dumps(config)
        with tempfile.NamedTemporaryFile("w", prefix="latticelift-", suffix=".yaml", dir=".", delete=False) as file:
            file.write(text)
        try:
            _start([*start, command, file.name, *options])
        finally:
            os.unlink(file.name)
    else:
        _start([*start, command, os.fspath(config), *options])
    return read(out)


def _start(words: List[str]) -> None:
    """Prints what the program says as it comes, which a notebook shows too."""
    environment = dict(os.environ)
    # workers that are named `python3` are of this interpreter
    environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), environment.get("PATH", os.defpath)])
    last = ""
    with subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                last = line.strip() or last
        except KeyboardInterrupt:
            process.wait()  # it had the same signal, and stores what it has
            raise
    if process.returncode:
        raise ProgramError(process.returncode, last or "latticelift ended with %d" % process.returncode)
