"""What a form held when it was opened, sent along with it, so that one sees what its sender has changed."""

import hashlib
import json
from dataclasses import dataclass

from django.core import signing

from partnerships.publishing.form_data import EMPTY

SALT = "partnerships.started-from"


@dataclass(frozen=True)
class Started:
    value: dict | None  # None where it was not sent along: then it counts as what is there now
    live: str  # the digest of what was stored then
    form: str
    turn: int


def sealed(value, live):
    return signing.dumps([value, digest(live)], salt=SALT, compress=True)


def digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def read(post):
    form, turn = post.get("form", ""), post.get("turn", "")
    if not (form.isalnum() and form.isascii() and len(form) <= 20):
        form = ""
    turn = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 8 else 0
    token = post.get("started_from")
    if not token:
        return Started(None, "", form, turn)
    try:
        return Started(*signing.loads(token, salt=SALT), form, turn)
    except signing.BadSignature:  # such as after a change of SECRET_KEY: both versions of all that differs are shown
        return Started(EMPTY, "", form, turn)
