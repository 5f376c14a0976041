"""The site's settings, with the addresses of bench/bare.py."""

from trollhattan_intl.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
