"""Programs from npm that the checks and benchmarks use: at versions of their own, fetched once into var/tools/."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent / "var" / "tools"
VNU = "vnu-jar@26.9.27"
VNU_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
LIGHTHOUSE = "lighthouse@12.8.2"
OPENING_HOURS = "opening_hours@3.15.0"
NPM = ["npm", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=1", "--loglevel=error"]
SECONDS = 300


def vnu_jar():
    """The path of the Nu HTML checker: the one named in VNU_JAR, or ours; None where there is neither."""
    if given := os.environ.get("VNU_JAR"):
        return Path(given)
    jar = TOOLS / "vnu.jar"
    return jar if jar.exists() and _sum(jar) == VNU_SHA256 else None


def fetch_vnu_jar():
    """Gets our own, where there is npm and the network. What came of it shows in vnu_jar()."""
    if not shutil.which("npm"):
        return
    print(f"Fetching {VNU} …", flush=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(subprocess.SubprocessError):
        subprocess.run([*NPM, "pack", VNU], cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=SECONDS)
        (package,) = Path(folder).glob("*.tgz")
        unpacked = Path(folder, "vnu.jar")
        with tarfile.open(package) as archive:
            unpacked.write_bytes(archive.extractfile("package/build/dist/vnu.jar").read())
        if _sum(unpacked) != VNU_SHA256:
            raise SystemExit(f"{VNU} is not what it was: its checksum is {_sum(unpacked)}, not {VNU_SHA256}.")
        TOOLS.mkdir(parents=True, exist_ok=True)
        shutil.move(unpacked, TOOLS / "vnu.jar")


def lighthouse():
    """The path of Lighthouse, fetched on the first call. SystemExit says what is missing."""
    command = _folder(LIGHTHOUSE) / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        if not shutil.which("npm"):
            raise SystemExit("Lighthouse needs Node 18 or later, with npm (as root on Debian: apt-get install npm).")
        if not _install(LIGHTHOUSE):
            raise SystemExit("Lighthouse could not be fetched. That needs the network; then try again.")
    return command


def opening_hours():
    """The folder of what reads opening hours as OpenStreetMap does; None where it, or Node to run it, is missing."""
    package = _folder(OPENING_HOURS) / "node_modules" / "opening_hours"
    return package if shutil.which("node") and package.exists() else None


def fetch_opening_hours():
    """Gets it, where there is npm and the network. What came of it shows in opening_hours()."""
    if shutil.which("npm"):
        _install(OPENING_HOURS)


def _folder(package):
    return TOOLS / package.replace("@", "-")


def _install(package):
    """Whether the package could be fetched, with those that it needs. What is there is whole."""
    print(f"Fetching {package} …", flush=True)
    folder = _folder(package)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as fetched, contextlib.suppress(subprocess.SubprocessError):
        install = [*NPM, "install", "--prefix", fetched, "--no-save", "--ignore-scripts", package]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, timeout=SECONDS)
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        Path(fetched, "node_modules").rename(folder / "node_modules")
        return True
    return False


def _sum(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()
