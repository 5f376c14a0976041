"""International networks that the municipality is a member of, and what it does there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.base import PERMISSIONS, Ordered, Publishable, PublishedQuerySet, Rows, Slugged, listed
from partnerships.models.contacts import Contact
from partnerships.models.fields import PartialDateField, RichTextField, translated
from partnerships.models.images import Illustrated
from partnerships.models.parts import Part
from partnerships.models.searched import Searched
from partnerships.models.ways import address_of
from partnerships.validators import validate_web_address


class NetworkQuerySet(PublishedQuerySet):
    def with_roles(self):
        """Each with `role_rows`: all that is told of its roles."""
        roles = NetworkRole.objects.filter(network=models.OuterRef("pk")).order_by("position", "pk")
        return self.annotate(role_rows=Rows(roles, "name_sv", "name_en", "since", "until", "as_of"))


class Network(Slugged, Ordered, Illustrated, Publishable):
    name = translated(models.CharField(_("name"), max_length=160))
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    theme = translated(
        models.CharField(
            _("what it is for"),
            max_length=60,
            blank=True,
            help_text=_("In a few words, such as “Jämlik hälsa”. Shown large in lists."),
        )
    )
    summary = translated(
        models.TextField(_("summary"), blank=True, help_text=_("The aim in one sentence. Shown in lists."))
    )
    body = translated(RichTextField(_("text"), blank=True))
    website = models.URLField(_("website"), blank=True, validators=[validate_web_address])
    started = PartialDateField(_("started"), help_text=_("2005, 2005-05 or 2005-05-15. Empty: not known."))
    member_since = PartialDateField(
        _("the municipality is a member since"), help_text=_("A year, a month or a day. Empty: not known.")
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="networks",
        help_text=_("Empty: the site's own contact."),
    )

    objects = NetworkQuerySet.as_manager()
    searched = Searched(
        title=("abbreviation", "name"),
        text=("theme", "summary", "body"),
        parts={"facts": ("label", "value"), "roles": ("name",)},
    )

    class Meta(Ordered.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        default_permissions = PERMISSIONS
        constraints = [*Publishable.Meta.constraints]
        indexes = [*Publishable.Meta.indexes, listed("network_listed")]

    def __str__(self):
        return self.abbreviation or self.name

    def get_absolute_url(self, language=None):
        return address_of("network", self.slug, language=language)


class NetworkRole(Part):
    """What the municipality does in a network: chair 2021–2023; host, as of 2024, start and end unknown."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="roles")
    name = translated(
        models.CharField(
            _("role"),
            max_length=160,
            help_text=_("Such as “ordförande” or “värd för det svenska nätverket”."),
        )
    )
    since = PartialDateField(_("since"), help_text=_("Empty: not known."))
    until = PartialDateField(_("until"), help_text=_("Empty: it goes on, or not known."))
    as_of = PartialDateField(
        _("known to hold at"),
        help_text=_("When one last knew it to be so, where start and end are not known."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    part_of = ("network",)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="role_until_after_since",
                condition=models.Q(since="")
                | models.Q(until="")
                | models.Q(until__gte=models.F("since"))
                | models.Q(since__startswith=models.F("until")),
                violation_error_message=_("It cannot end before it began."),
            ),
        ]

    def __str__(self):
        return self.name
