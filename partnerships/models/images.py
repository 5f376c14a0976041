"""Pictures with what must be known of them to show them: words for those who cannot see them, credit, licence."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.fields import PictureField, translated
from partnerships.validators import validate_web_address


class ImageQuerySet(models.QuerySet):
    def shown(self):
        """Those that the site itself or something published shows."""
        shown = Q(logo_of__isnull=False) | Q(social_card_of__isnull=False)
        for relation in self.model._meta.related_objects:
            if issubclass(relation.related_model, Illustrated):
                shown |= Q(**{f"{relation.name}__in": relation.related_model.objects.published()})
        return self.filter(shown).distinct()


class Image(models.Model):
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
        constraints = [
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
        """A file that no row came to hold, or holds no more, does not stay on disk."""
        before = getattr(self, "_known_file", None)
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
        except Exception:
            if self.file and self.file._committed and self.file.name != before:
                self.file.storage.delete(self.file.name)
            raise
        if before and before != self.file.name:
            transaction.on_commit(lambda: self.file.storage.delete(before))
        self._known_file = self.file.name

    def delete(self, *args, **kwargs):
        name, storage = self.file.name, self.file.storage
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: storage.delete(name))
        return deleted

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._known_file = str(instance.__dict__.get("file", ""))
        return instance


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
