"""What a process and all that it has started take: time on the processors, and memory. Linux only."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
UTIME, STIME = 13, 14  # proc(5), counted from 0; the name of the command, which may hold spaces, is taken out first


def pids(root):
    """The process and its descendants, the process first."""
    found = [root]
    for pid in found:
        found += children(pid)
    return found


def children(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def seconds(root):
    """User and system time so far, of all threads of all processes that are running."""
    return sum(map(_seconds, pids(root)))


def _seconds(pid):
    fields = re.sub(r"\(.*\)", "()", Path(f"/proc/{pid}/stat").read_text()).split()
    return (int(fields[UTIME]) + int(fields[STIME])) / TICKS


def memory(pid):
    """{"Rss", "Pss", …: MB}. Pss counts what is shared between processes by its share."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return {name: int(kilobytes) / 1024 for name, kilobytes in re.findall(r"^(\w+): +(\d+) kB$", told, re.MULTILINE)}
