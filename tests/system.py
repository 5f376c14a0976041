"""Programs that the tests need beside Python: where they are, and how they get here."""

import os
import re
import shutil
import subprocess

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium():
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def chromium_version():
    """Such as "Chromium 140.0.7339"; None where there is none that runs."""
    chromium = find_chromium()
    if not chromium:
        return None
    told = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+\.\d+\.\d+", told)
    return found and f"Chromium {found[0]}"


def install(*packages):
    """Installs Debian packages where that is allowed, as root on Debian. What came of it shows elsewhere."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {' '.join(packages)} …", flush=True)
        apt_get = ["apt-get", "--quiet", "--assume-yes"]
        quietly = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.run([*apt_get, "update"], check=False, **quietly)
        subprocess.run([*apt_get, "install", "--no-install-recommends", *packages], check=False, **quietly)


def has_gettext():
    return bool(shutil.which("xgettext") and shutil.which("msgfmt"))


def find_nginx():
    """Debian keeps it where only root looks for programs."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def has_java():
    """Whether there is a Java that runs; macOS has a `java` that only says where to get one."""
    return bool(shutil.which("java")) and subprocess.run(["java", "-version"], capture_output=True).returncode == 0
