"""A picture's renditions: the files that a row holds beside its master, made once and gone with it."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships import renditions


def _percent(label, help_text):
    return models.PositiveSmallIntegerField(label, default=50, validators=[MaxValueValidator(100)], help_text=help_text)


class Rendered(models.Model):
    """What has a `file`, shown to the public in the renditions that make_renditions() made of it.

    renditions: {} or
        {"recipe": 1, "of": the master's name, "focal": [x, y], "stem": …, "crops": renditions.Made.crops}
    """

    focal_x = _percent(
        _("focal point from the left, %"),
        _("What must stay in view where the picture is cut: 0 is the left edge, 100 the right."),
    )
    focal_y = _percent(_("focal point from the top, %"), _("0 is the upper edge, 100 the lower."))
    renditions = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_focal_point_inside",
                condition=Q(focal_x__range=(0, 100), focal_y__range=(0, 100)),
                violation_error_message=_("The focal point must lie within the picture: 0 to 100 %."),
            ),
        ]

    @property
    def focal(self):
        return [self.focal_x, self.focal_y]

    @property
    def has_renditions(self):
        """Whether there are renditions of this very file; of another focal point or recipe, perhaps."""
        return bool(self.renditions) and self.renditions["of"] == self.file.name

    @property
    def has_current_renditions(self):
        return (
            self.has_renditions
            and self.renditions["focal"] == self.focal
            and self.renditions["recipe"] == renditions.RECIPE
        )

    @property
    def rendition_names(self):
        """The names of all its renditions' files in the storage."""
        if not self.renditions:
            return []
        return [f"{self.renditions['stem']}-{name}" for name in renditions.file_names(self.renditions["crops"])]

    def rendition_name(self, crop, width, kind):
        return f"{self.renditions['stem']}-{renditions.file_name(crop, width, kind)}"

    def make_renditions(self):
        """Makes what is missing of the row as it is now; the row then holds all of it or what it held before.

        Takes seconds, so call it outside a transaction, where nobody waits for the database meanwhile. Whoever
        changes the row in that time makes its renditions; what this call made is thrown away then.
        """
        row = type(self).objects.filter(pk=self.pk).first()
        if not row or row.has_current_renditions:
            return
        with row.file.storage.open(row.file.name) as master:
            made = renditions.make(master.read(), row.focal)
        # Named by what they hold, so that no address ever changes its picture; the token makes them this call's own.
        digest = hashlib.sha256(b"".join(content for _name, content in made.files)).hexdigest()
        stem = f"{Rendered.stem_of(row.pk)}{digest[:12]}{secrets.token_hex(4)}"
        new = {"recipe": renditions.RECIPE, "of": row.file.name, "focal": row.focal, "stem": stem, "crops": made.crops}
        written = []
        try:
            for name, content in made.files:
                written.append(f"{stem}-{name}")
                row.file.storage.save(written[-1], ContentFile(content))
            if row._hold(new):
                self.renditions = new
                written = []
        finally:
            remove(row.file.storage, written)

    def _hold(self, new):
        """Puts the new renditions in the place of those that the row holds; whether they still fit it."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().filter(pk=self.pk).first()
            if not row or row.has_current_renditions or (row.file.name, row.focal) != (new["of"], new["focal"]):
                return False
            type(self).objects.filter(pk=self.pk).update(renditions=new)
            transaction.on_commit(lambda: remove(row.file.storage, row.rendition_names))
            return True

    @staticmethod
    def stem_of(pk):
        """What the names of a row's renditions begin with, so that they lead to the row."""
        return f"pictures/{pk}-"


def remove(storage, names):
    for name in names:
        storage.delete(name)
