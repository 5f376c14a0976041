"""The towns that the municipality has, or had, an agreement with."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AgreementKind, PartyStanding, TownStatus
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.base import PERMISSIONS, Ordered, Publishable, PublishedQuerySet, Slugged, listed
from partnerships.models.contacts import Contact
from partnerships.models.fields import PartialDateField, RichTextField, translated
from partnerships.models.images import Illustrated
from partnerships.models.searched import Searched
from partnerships.models.ways import address_of
from partnerships.validators import validate_time_zone, validate_web_address


class TwinTownQuerySet(PublishedQuerySet):
    def with_status(self, day, at=None):
        """Each with what the agreements that are published (now, unless told) say of it on this day.

        status: a TownStatus. twin_since, twin_until: PartialDates from the agreement that runs, or that ended
        last; None where not known.
        """
        runs_here, ended_here = _running(day, at), _parties().over(day, _twin_town_agreements(at))
        began = Case(When(~Q(since=""), standing=PartyStanding.JOINED, then=F("since")), default=F("agreement__signed"))
        stopped = Case(When(standing=PartyStanding.LEFT, then=F("since")), default=F("agreement__ended"))
        return self.annotate(
            status=Case(
                When(Exists(runs_here), then=Value(TownStatus.ACTIVE.value)),
                When(Exists(ended_here), then=Value(TownStatus.FORMER.value)),
                default=Value(TownStatus.UNKNOWN.value),
            ),
            twin_since=_first_date(runs_here.annotate(date=began).order_by("date")),
            twin_until=_first_date(ended_here.annotate(date=stopped).order_by("-date")),
        )


def active_first(towns):
    """Towns with their status, the active ones before the others."""
    return sorted(towns, key=lambda town: town.status != TownStatus.ACTIVE)


class ActiveFirst:
    """A list of towns with their status, the active ones before the others; both in their usual order.

    The status is that of a day, by the agreements that are published at a moment (now, unless told).
    """

    def __init__(self, towns, day, at=None):
        self._towns, self._day, self._at = towns, day, at

    def part(self, first, last):
        """Those from the first up to the last, counted from 0."""
        found = self._with_status(self._sorted(first, last)) if first else self.beginning(last)
        return active_first(found)[: last - first]

    def beginning(self, last):
        """Those of which active_first() makes the list's beginning, up to the last; and some more."""
        return self._with_status(self._from_the_beginning(last))

    def count_up_to(self, most):
        return self._towns.count_up_to(most)

    def _with_status(self, pks):
        return self._towns.with_status(self._day, self._at).filter(pk__in=pks)

    def _from_the_beginning(self, last):
        """The keys of as many of both as are asked for, so that neither need be known as a whole."""
        runs_here = Exists(_running(self._day, self._at))
        active, others = (
            TwinTown.objects.order_by().values("pk").filter(pk__in=self._towns.filter(half).values("pk")[:last])
            for half in (runs_here, ~runs_here)
        )
        return active.union(others, all=True)

    def _sorted(self, first, last):
        running = AgreementParty.objects.in_force(self._day).of(_twin_town_agreements(self._at).running(self._day))
        place = Case(When(pk__in=running.values("town"), then=0), default=1)
        return self._towns.order_by(place, *TwinTown._meta.ordering).values("pk")[first:last]


def _twin_town_agreements(at=None):
    return Agreement.objects.published(at).filter(kind=AgreementKind.TWIN_TOWN)


def _parties():
    """A town's, within a query of towns."""
    return AgreementParty.objects.filter(town=OuterRef("pk"))


def _running(day, at=None):
    return _parties().in_force(day).of(_twin_town_agreements(at).running(day))


def _first_date(parties):
    return Subquery(parties.values("date")[:1], output_field=PartialDateField())


class TwinTown(Slugged, Ordered, Illustrated, Publishable):
    name = translated(models.CharField(_("name"), max_length=120))
    region = translated(models.CharField(_("state or region"), max_length=120, blank=True))
    country = translated(models.CharField(_("country"), max_length=120))
    summary = translated(
        models.TextField(
            _("summary"), blank=True, help_text=_("One or two sentences. Shown in lists and above the text.")
        )
    )
    body = translated(RichTextField(_("text"), blank=True))
    website = models.URLField(_("website"), blank=True, validators=[validate_web_address])
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="towns",
        help_text=_("Empty: the site's own contact."),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Such as Europe/Copenhagen."),
    )

    open_programs = ()  # what one can take part in there, where a view tells

    objects = TwinTownQuerySet.as_manager()
    searched = Searched(
        title=("name",), text=("summary", "region", "country", "body"), parts={"facts": ("label", "value")}
    )

    class Meta(Ordered.Meta):
        verbose_name = _("twin town")
        verbose_name_plural = _("twin towns")
        default_permissions = PERMISSIONS
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="twintown_on_the_globe",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_("Give both latitude (−90 to 90) and longitude (−180 to 180), or neither."),
            ),
        ]
        indexes = [
            *Publishable.Meta.indexes,
            listed("twintown_listed"),
            # Which there are is asked whenever one asks what the clocks bring.
            models.Index(name="twintown_zone", fields=["time_zone"]),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self, language=None):
        return address_of("town", self.slug, language=language)

    def get_status_display(self):
        """The words for the `status` that with_status() found."""
        return TownStatus(self.status).label
