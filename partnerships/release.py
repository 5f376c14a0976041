"""What pages are made of besides the database."""

import hashlib
from pathlib import Path

from django.conf import settings

FILES = ("partnerships/**/*.py", "trollhattan_intl/*.py", "templates/**/*.html", "locale/**/*.mo", "requirements.txt")


def release_digest():
    """Another one for other code, texts, static files, settings or another database."""
    files = [file for pattern in FILES for file in settings.BASE_DIR.glob(pattern)]
    files.append(Path(settings.STATIC_ROOT, "staticfiles.json"))
    told = [(file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(files) if file.exists()]
    database = [settings.DATABASES["default"].get(name) for name in ("HOST", "PORT", "NAME")]
    return hashlib.blake2b(repr([settings.SITE_URL, database, told]).encode(), digest_size=12).hexdigest()
