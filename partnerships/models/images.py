"""Pictures with what must be known of them to show them: words for those who cannot see them, credit, licence."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.base import PERMISSIONS
from partnerships.models.fields import PictureField, translated
from partnerships.models.rendered import Rendered, remove
from partnerships.validators import validate_web_address


class ImageQuerySet(models.QuerySet):
    def shown(self):
        """Those that the site itself or something published shows."""
        shown = Q(logo_of__isnull=False) | Q(social_card_of__isnull=False)
        for relation in self.model._meta.related_objects:
            if issubclass(relation.related_model, Illustrated):
                shown |= Q(**{f"{relation.name}__in": relation.related_model.objects.published()})
        return self.filter(shown).distinct()


class Image(Rendered):
    file = PictureField(
        _("picture"),
        upload_to="pictures/",
        width_field="width",
        height_field="height",
        help_text=_(
            "JPEG, PNG, WebP or AVIF, at most 20 MB and 50 million pixels."
            " Place and camera data are removed when it is saved."
        ),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    title = models.CharField(
        _("name in the admin"),
        max_length=120,
        help_text=_("So that editors find it. Not shown to the public."),
    )
    alt = translated(
        models.CharField(
            _("alternative text"),
            max_length=300,
            blank=True,
            help_text=_("What the picture shows, in one sentence, for those who cannot see it."),
        )
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Only where the page loses nothing without the picture. Then it has no alternative text."),
    )
    credit = translated(
        models.CharField(
            _("credit"),
            max_length=200,
            blank=True,
            help_text=_("Shown below the picture, such as “Foto: Namn, källa” or “Illustration”."),
        )
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    source_url = models.URLField(_("where it comes from"), blank=True, validators=[validate_web_address])

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["title", "pk"]
        default_permissions = PERMISSIONS
        constraints = [
            *Rendered.Meta.constraints,
            models.CheckConstraint(
                name="image_alt_or_decorative",
                condition=Q(is_decorative=True, alt_sv="", alt_en="") | (Q(is_decorative=False) & ~Q(alt_sv="")),
                violation_error_message=_(
                    "Write an alternative text in Swedish, or say that the picture is decorative; not both."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if not self.is_decorative and not self.alt_sv:
            raise ValidationError(
                {"alt_sv": _("Describe what the picture shows, or tick that it is decorative.")},
                code="alt_missing",
            )

    def save(self, *args, **kwargs):
        """A file that no row came to hold, or holds no more, does not stay on disk. Renditions follow the commit."""
        before = None
        try:
            with transaction.atomic():
                before = self._as_kept()
                is_same_file = before and self.file._committed and self.file.name == before.file.name
                # What the row holds, not what it held when this instance was read.
                self.renditions = before.renditions if is_same_file else {}
                super().save(*args, **kwargs)
        except Exception:
            if self.file and self.file._committed and not (before and self.file.name == before.file.name):
                self.file.storage.delete(self.file.name)
            raise
        if before and not is_same_file:
            transaction.on_commit(before._remove_files)
        if not self.has_current_renditions:
            # A disk that is full must not undo what is saved: the master stands in, and run_due tries again.
            transaction.on_commit(self.make_renditions, robust=True)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        before = self._as_kept()
        deleted = super().delete(*args, **kwargs)
        if before:
            transaction.on_commit(before._remove_files)
        return deleted

    def _as_kept(self):
        """The row as the database has it, nobody else changing it meanwhile; None where there is none yet."""
        return type(self).objects.select_for_update().filter(pk=self.pk).first() if self.pk else None

    def _remove_files(self):
        """The master last: while it is there, no other row's file takes its name."""
        remove(self.file.storage, [*self.rendition_names, self.file.name])


class Illustrated(models.Model):
    """Something with a lead picture."""

    image = models.ForeignKey(
        Image,
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True
