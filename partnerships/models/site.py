"""What makes the site this municipality's: its name, its place, its contact. One row, so that another needs no code."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.contact_centre import ContactCentre
from partnerships.models.contacts import Contact
from partnerships.models.fields import in_each_language, translated
from partnerships.models.images import Image
from partnerships.validators import validate_time_zone


class SiteSettings(models.Model):
    ONLY_PK = 1

    name = translated(
        models.CharField(_("the site's name"), max_length=80, help_text=_("Stands at the top of every page."))
    )
    municipality = translated(
        models.CharField(_("municipality"), max_length=80, help_text=_("Such as “Exempelstads kommun”."))
    )
    publisher = translated(
        models.CharField(
            _("publisher"),
            max_length=120,
            blank=True,
            help_text=_("Empty: the municipality. Stands in the foot."),
        )
    )
    town = models.CharField(_("town"), max_length=80, help_text=_("The municipality's own place on the map."))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Stockholm", validators=[validate_time_zone]
    )
    default_contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="default_of",
        help_text=_("Shown where a page has no contact of its own."),
    )
    contact_centre = models.ForeignKey(
        ContactCentre,
        verbose_name=_("contact centre"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="default_of",
        help_text=_("Shown at the foot of every page."),
    )
    logo = models.ForeignKey(
        Image,
        verbose_name=_("logo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="logo_of",
        help_text=_("Empty: the site's own mark."),
    )
    social_card = models.ForeignKey(
        Image,
        verbose_name=_("picture when shared"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="social_card_of",
        help_text=_("Shown where somebody shares a page that has no picture of its own."),
    )

    class Meta:
        verbose_name = _("the site's settings")
        verbose_name_plural = _("the site's settings")
        constraints = [
            models.CheckConstraint(name="sitesettings_only_one", condition=models.Q(pk=1)),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = self.ONLY_PK
        super().save(*args, **kwargs)

    @classmethod
    def load(cls):
        """The settings, or unsaved ones where nobody has made any."""
        return cls.stored().first() or cls.unmade()

    @classmethod
    def stored(cls):
        """The one row, or none, with its pictures."""
        return cls.objects.select_related("logo", "social_card").filter(pk=cls.ONLY_PK)

    @classmethod
    def unmade(cls):
        """What stands in, unsaved, where nobody has made settings: a plain name."""
        return cls(**in_each_language("name", _("International cooperation")))
