"""Running other programs so that they always end when this one does."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 15
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


@contextlib.contextmanager
def stopped_by_signals():
    """Ctrl-C, SIGTERM and a closed terminal end the block, and that is no failure."""
    for name in STOP_SIGNALS:
        signal.signal(name, _interrupt)
    _end_with_parent()
    # Suspended, it could not be resumed: make, which the shell knows, would not be.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    with contextlib.suppress(KeyboardInterrupt):
        yield


def _interrupt(number, frame):
    # Once is enough: a second one must not cut off the stopping.
    for name in STOP_SIGNALS:
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextlib.contextmanager
def own_terminal():
    """Lets Ctrl-C reach this process alone. Make, when it gets it too, ends with an error however well all ended."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        yield
        return
    group = os.getpgrp()
    try:
        if group != os.getpid() and os.tcgetpgrp(terminal) == group:
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.setpgid(0, 0)
            os.tcsetpgrp(terminal, os.getpgrp())
        yield
    finally:
        if os.getpgrp() != group:
            os.tcsetpgrp(terminal, group)
        os.close(terminal)


def run(command, settings):
    """Runs a command to its end; SystemExit names it when it fails."""
    child = _start(command, settings)
    try:
        code = child.wait()
    finally:
        _stop([child])
    if code:
        raise SystemExit(f"This failed: {' '.join(str(part) for part in command)}")


def keep_running(commands, settings, answers, welcome):
    """Runs the commands, by name, until told to stop. When one ends by itself, all end: the exit code is 1 then.

    answers: tells whether all is up; then, once, the welcome is printed.
    """
    children = {}
    make_may_be_told = _handles_interrupts(os.getppid())
    try:
        for name, command in commands.items():
            children[name] = _start(command, settings)
        while True:
            for name, child in children.items():
                if child.poll() is not None:
                    print(f"Stopping, because {name} ended by itself ({child.returncode}).", file=sys.stderr)
                    return 1
            # Make passes SIGTERM on, but keeps a SIGINT that only it was sent, and waits for us to end.
            if make_may_be_told and not _handles_interrupts(os.getppid()):
                return 0
            if welcome and answers():
                print(welcome, flush=True)
                welcome = None
            time.sleep(0.2)
    finally:
        _stop(children.values())


def _start(command, settings):
    """In a process group of its own, so that the signals of a terminal come to it through here only."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=settings,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent():
    """On Linux, has this process told to stop when its parent is gone, even where that one was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children):
    for child in children:
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0, deadline - time.monotonic()))
        # What has not ended by then, or was left behind by a child that was killed.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _handles_interrupts(pid):
    """Whether a process has a handler for SIGINT; None where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    caught = int(re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)[1], 16)
    return bool(caught >> (signal.SIGINT - 1) & 1)
