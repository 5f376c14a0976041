"""The virtual environment in .venv: made when it is missing, renewed when the lists of packages have changed.

Standard library only, and plain enough for an old Python to read far enough to say that it is too old.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
LIST = "requirements.txt"
DEVELOPERS_LIST = "requirements-dev.txt"  # holds all of the other one too


def ready(package_list):
    """The path of .venv's Python, with the packages of this list installed. SystemExit says what is missing."""
    if sys.version_info < (3, 11):  # noqa: UP036 this very check is what lets all other files rely on it
        raise SystemExit(
            f"This needs Python 3.11 or later, and {sys.executable} is {sys.version_info[0]}.{sys.version_info[1]}.\n"
            "Install a later one and name it, such as: make PYTHON=python3.12 serve"
        )
    with _one_at_a_time():
        if not _works():
            _make()
        if not {package_list, DEVELOPERS_LIST} & set(_installed()):
            _install(package_list)
    return PYTHON


@contextlib.contextmanager
def _one_at_a_time():
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _works():
    """Whether .venv is whole: it may be half made, or its Python may have gone with a system upgrade."""
    code = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return _run([PYTHON, "-c", code], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def _make():
    print("Making the virtual environment .venv …", flush=True)
    made = _run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SystemExit(
            f"{made.stdout}{made.stderr}\n"
            "The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv"
        )


def _installed():
    """The lists whose packages are in .venv as the lists read now."""
    with contextlib.suppress(FileNotFoundError):
        digest, *package_lists = STAMP.read_text().split()
        if digest == _digest():
            return package_lists
    return []


def _digest():
    return hashlib.sha256((ROOT / LIST).read_bytes() + (ROOT / DEVELOPERS_LIST).read_bytes()).hexdigest()


def _install(package_list):
    print(f"Installing the packages of {package_list} …", flush=True)
    installed = _installed()
    STAMP.unlink(missing_ok=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    if _run([*pip, "install", "--require-hashes", "-r", ROOT / package_list]).returncode:
        raise SystemExit(
            "\nThe packages could not be installed. That needs the network: a way to the Python package index,"
            " or to a mirror of it named in PIP_INDEX_URL. Then try again."
        )
    STAMP.write_text(" ".join([_digest(), *installed, package_list]))


def _run(command, **options):
    """In a process group of its own: Ctrl-C reaches the one who waits, and the command ends without a traceback."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, process_group=0, check=False, **options)


if __name__ == "__main__":
    try:
        ready(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
