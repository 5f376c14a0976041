"""The site's settings with a clock that stands still at STILL_CLOCK, so that its pictures do not change by the day."""

import datetime
import os

import time_machine

from trollhattan_intl.settings import *  # noqa: F403

time_machine.travel(datetime.datetime.fromisoformat(os.environ["STILL_CLOCK"]), tick=False).start()
