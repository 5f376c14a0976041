"""Brings every picture's renditions up to date, where saving it could not, or the recipe has changed since."""

import logging

from partnerships.models import Image

logger = logging.getLogger(__name__)


def make_missing_renditions():
    """One picture after the other, each whole or not at all. One that fails is named in the log; the others go on."""
    failed = []
    for image in [image for image in Image.objects.all() if not image.has_current_renditions]:
        try:
            image.make_renditions()
        except Exception:  # a file that is gone, a disk that is full; the other pictures still need theirs
            logger.exception("Failed to make the renditions of %s", image.file.name)
            failed.append(image.file.name)
    if failed:
        raise RuntimeError(f"No renditions of {', '.join(failed)}")
