"""Agreements with other towns: what they are, who is party to them, how they end."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AgreementEnd, AgreementKind, PartyStanding
from partnerships.models.base import PERMISSIONS, Ordered, Publishable, PublishedQuerySet, Rows, known_choice, listed
from partnerships.models.fields import PartialDateField, translated
from partnerships.models.parts import Part
from partnerships.models.searched import Searched
from partnerships.models.ways import address_of
from partnerships.partial_dates import PartialDate

_OF_ITS_TOWN = {f"town_{name}": F(f"town__{name}") for name in ("slug", "name_sv", "name_en")}


class AgreementQuerySet(PublishedQuerySet):
    def ended(self, day):
        """Those known to have ended by this day. Ended "2017" counts as ended from that year's first day."""
        return self.filter(Q(ended="") | Q(ended__lte=day.isoformat()), end=AgreementEnd.ENDED)

    def running(self, day):
        """Those signed by this day, or nobody knows when, and known to run still."""
        not_ended = Q(end=AgreementEnd.OPEN) | Q(end=AgreementEnd.ENDED, ended__gt=day.isoformat())
        return self.filter(not_ended, Q(signed="") | Q(signed__lte=day.isoformat()))

    def with_any_of(self, towns):
        """Those that one of these towns is or was party to, or stayed outside."""
        parties = AgreementParty.objects.filter(town__in=[town.pk for town in towns])
        return self.filter(pk__in=parties.values("agreement"))

    def told(self, at=None):
        """Each with all that a page tells of it, and only what is published of that (now, unless told).

        area_rows: the names of its cooperation areas. replaced_rows: the name of the agreement that it replaced,
        if any. party_rows: what its parties_told are made of.
        """
        areas = CooperationArea.objects.filter(agreement=OuterRef("pk")).order_by("position", "pk")
        replaced = self.model.objects.published(at).filter(pk=OuterRef("replaces")).order_by()
        parties = AgreementParty.objects.published(at).filter(agreement=OuterRef("pk"))
        return self.annotate(
            area_rows=Rows(areas, "name_sv", "name_en"),
            replaced_rows=Rows(replaced, "name_sv", "name_en"),
            party_rows=Rows(parties.annotate(**_OF_ITS_TOWN), "standing", "since", "town_id", *_OF_ITS_TOWN),
        )


class Agreement(Ordered, Publishable):
    name = translated(
        models.CharField(_("name"), max_length=160, help_text=_("Such as “Vänortsavtal med Exempelstad”."))
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind)
    signed = PartialDateField(_("signed"), help_text=_("2015, 2015-05 or 2015-05-15. Empty: not known."))
    end = models.CharField(
        _("end"),
        max_length=10,
        choices=AgreementEnd,
        default=AgreementEnd.OPEN,
        help_text=_("Whether a town is an active or a former twin town follows from this."),
    )
    ended = PartialDateField(_("ended"), help_text=_("2017, 2017-12 or 2017-12-31. Empty: not known."))
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaced"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text=_("The earlier agreement that this one took the place of."),
    )
    summary = translated(
        models.TextField(
            _("about the agreement"),
            blank=True,
            help_text=_("What it was for and how it ended, in a few sentences. Years have fields of their own."),
        )
    )

    objects = AgreementQuerySet.as_manager()
    searched = Searched(title=("name",), text=("summary",), parts={"areas": ("name",)})

    class Meta(Ordered.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        default_permissions = PERMISSIONS
        constraints = [
            *Publishable.Meta.constraints,
            known_choice("agreement_kind_known", "kind", AgreementKind),
            known_choice("agreement_end_known", "end", AgreementEnd),
            models.CheckConstraint(
                name="agreement_end_date_only_when_ended",
                condition=Q(ended="") | Q(end=AgreementEnd.ENDED),
                violation_error_message=_(
                    "An agreement with an end date has ended: choose that, or empty the end date."
                ),
            ),
            models.CheckConstraint(
                name="agreement_ended_after_signed",
                condition=Q(ended="") | Q(signed="") | Q(ended__gte=F("signed")) | Q(signed__startswith=F("ended")),
                violation_error_message=_("It cannot end before it was signed."),
            ),
            models.CheckConstraint(
                name="agreement_does_not_replace_itself",
                condition=~Q(replaces=F("id")),
                violation_error_message=_("An agreement cannot replace itself."),
            ),
        ]
        indexes = [*Publishable.Meta.indexes, listed("agreement_listed")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{address_of('towns')}#{self.anchor}"

    @cached_property
    def parties_told(self):
        """What there is to tell of its parties; only on rows that come from told()."""
        return [PartyTold.of_row(row) for row in self.party_rows]

    @cached_property
    def parties_joined(self):
        """Those that are or were party to it."""
        return self._parties_that(PartyStanding.JOINED)

    @cached_property
    def parties_left(self):
        return self._parties_that(PartyStanding.LEFT)

    @cached_property
    def parties_declined(self):
        return self._parties_that(PartyStanding.DECLINED)

    def _parties_that(self, standing):
        return [party for party in self.parties_told if party.standing == standing]

    @property
    def anchor(self):
        """Its place on the list of towns."""
        return f"avtal-{self.pk}"


@dataclass(frozen=True)
class TownTold:
    """As much of a town as an agreement tells."""

    slug: str
    name_sv: str
    name_en: str

    def get_absolute_url(self, language=None):
        return address_of("town", self.slug, language=language)


@dataclass(frozen=True)
class PartyTold:
    """A town's part in an agreement, as its page tells it."""

    standing: str
    since: PartialDate | None
    town_id: int
    town: TownTold

    @classmethod
    def of_row(cls, row):
        """Made of one of an agreement's party_rows."""
        since = PartialDate.parse(row["since"]) if row["since"] else None
        town = TownTold(row["town_slug"], row["town_name_sv"], row["town_name_en"])
        return cls(row["standing"], since, row["town_id"], town)


class AgreementPartyQuerySet(models.QuerySet):
    def published(self, at=None):
        """Those whose town the public sees; whether it sees the agreement is asked of that."""
        towns = self.model._meta.get_field("town").related_model.objects.published(at)
        return self.filter(Exists(towns.filter(pk=OuterRef("town"))))

    def of(self, agreements):
        """Those of these agreements, each asked about by its key: for one town, not all agreements are read."""
        return self.filter(Exists(agreements.filter(pk=OuterRef("agreement"))))

    def joined_by(self, day):
        """Those that had joined by this day, whether or not they have left since."""
        joined = Q(standing=PartyStanding.JOINED) & (Q(since="") | Q(since__lte=day.isoformat()))
        return self.filter(joined | Q(standing=PartyStanding.LEFT))

    def in_force(self, day):
        """Those that are party to their agreement on this day, if it runs."""
        return self.joined_by(day).exclude(_left_by(day))

    def over(self, day, agreements):
        """Those of these agreements that were in force and no longer are: it ended, or the town left."""
        ended = agreements.ended(day).filter(pk=OuterRef("agreement"))
        return self.of(agreements).joined_by(day).filter(Exists(ended) | _left_by(day))


def _left_by(day):
    """Of those that had left by this day."""
    return Q(Q(since="") | Q(since__lte=day.isoformat()), standing=PartyStanding.LEFT)


class AgreementParty(models.Model):
    """A town's part in an agreement: joined, left, declined, and when."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="parties"
    )
    town = models.ForeignKey(
        "partnerships.TwinTown", verbose_name=_("twin town"), on_delete=models.PROTECT, related_name="parties"
    )
    standing = models.CharField(_("part"), max_length=10, choices=PartyStanding, default=PartyStanding.JOINED)
    since = PartialDateField(
        _("when"), help_text=_("When it joined, left or declined, if other than the agreement's own dates.")
    )

    objects = AgreementPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["town__position", "town_id"]
        constraints = [
            models.UniqueConstraint(
                name="party_once_an_agreement",
                fields=["agreement", "town"],
                violation_error_message=_("The town is already a party to this agreement."),
            ),
            known_choice("party_standing_known", "standing", PartyStanding),
        ]

    def __str__(self):
        return f"{self.town}: {self.get_standing_display()}"


class CooperationArea(Part):
    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="areas"
    )
    name = translated(models.CharField(_("area"), max_length=120))
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    part_of = ("agreement",)

    class Meta:
        verbose_name = _("cooperation area")
        verbose_name_plural = _("cooperation areas")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
