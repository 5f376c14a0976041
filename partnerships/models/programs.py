"""What one can take part in."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from partnerships.choices import ApplicationState
from partnerships.models.base import PERMISSIONS, Ordered, Publishable, PublishedQuerySet, Row, Rows, Slugged, listed
from partnerships.models.contacts import Contact
from partnerships.models.fields import RichTextField, translated
from partnerships.models.images import Illustrated
from partnerships.models.networks import Network
from partnerships.models.parts import Part, PartQuerySet
from partnerships.models.searched import Searched
from partnerships.models.towns import TwinTown
from partnerships.models.ways import address_of
from partnerships.validators import validate_web_address

_NAMED = ("slug", "name_sv", "name_en")


class Audience(Ordered, Part):
    """Somebody that a program is for: pupils, teachers, businesses …"""

    slug = models.SlugField(_("key"), max_length=40, unique=True)
    name = translated(models.CharField(_("name"), max_length=80, help_text=_("In the plural, as in “för lärare”.")))

    part_of = ("programs",)

    class Meta(Ordered.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self):
        return self.name


class ProgramQuerySet(PublishedQuerySet):
    def with_application(self, day):
        """Each with `application`, an ApplicationState; those that one can apply to on this day first."""
        application = _by_application(day, {state: state.value for state in ApplicationState})
        # By numbers of its own: to make them of the words takes SQLite three times as long, for every row there is.
        place = _by_application(day, {state: place for place, state in enumerate(ApplicationState)})
        ordering = place, F("apply_until").asc(nulls_last=True), *self.model._meta.ordering
        return self.annotate(application=application).order_by(*ordering)

    def listed(self, day, at=None):
        """As with_application(), with all that a list tells: the audiences, and the program's own contact.

        audience_rows: slug and name. contact_rows: name and slug of that contact, where the public sees it.
        """
        contact = Contact.objects.published(at).filter(pk=OuterRef("contact")).order_by()
        own = Rows(contact, "name_sv", "name_en", "slug")
        return self.with_application(day).annotate(contact_rows=own, audience_rows=Rows(_audiences(), *_NAMED))

    def told(self, day, at=None):
        """As with_application(), with all that a page tells: whom it is for, and where the public sees them, its own.

        audience_rows: slug and name. town_row, network_row: slug and name; None where it has none that is public.
        """
        return self.with_application(day).annotate(
            audience_rows=Rows(_audiences(), *_NAMED),
            town_row=Row(TwinTown.objects.published(at).filter(pk=OuterRef("town")).order_by(), *_NAMED),
            network_row=Row(Network.objects.published(at).filter(pk=OuterRef("network")).order_by(), *_NAMED),
        )


def _audiences():
    """A program's, within a query of programs."""
    return Audience.objects.filter(programs=OuterRef("pk")).order_by("position", "pk")


def _by_application(day, values):
    """The value of these that stands for what one can do on this day."""
    return Case(
        When(apply_from__gt=day, then=Value(values[ApplicationState.UPCOMING])),
        When(apply_until__lt=day, then=Value(values[ApplicationState.CLOSED])),
        When(apply_from=None, apply_until=None, then=Value(values[ApplicationState.ASK])),
        default=Value(values[ApplicationState.OPEN]),
    )


class Program(Slugged, Ordered, Illustrated, Publishable):
    name = translated(models.CharField(_("name"), max_length=160))
    summary = translated(
        models.TextField(_("summary"), blank=True, help_text=_("What it is and for whom, in one sentence."))
    )
    body = translated(RichTextField(_("text"), blank=True))
    audiences = models.ManyToManyField(Audience, verbose_name=_("for whom"), related_name="programs", blank=True)
    organiser = models.CharField(
        _("organiser"), max_length=160, blank=True, help_text=_("Who runs it, such as an association.")
    )
    organiser_url = models.URLField(_("organiser's website"), blank=True, validators=[validate_web_address])
    town = models.ForeignKey(
        TwinTown,
        verbose_name=_("twin town"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programs",
    )
    network = models.ForeignKey(
        Network,
        verbose_name=_("network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programs",
    )
    apply_from = models.DateField(
        _("apply from and with"), null=True, blank=True, help_text=_("Leave empty what is not known.")
    )
    apply_until = models.DateField(_("apply until and with"), null=True, blank=True)
    apply_url = models.URLField(_("link to apply"), blank=True, validators=[validate_web_address])
    asks = translated(
        models.TextField(
            _("what it asks"),
            blank=True,
            help_text=_("What one must be, know or bring with one, such as an age or a language. Empty: not told."),
        )
    )
    how_to_apply = translated(
        RichTextField(_("how to apply"), blank=True, help_text=_("Empty: the page says whom to ask instead."))
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programs",
        help_text=_("Empty: the site's own contact."),
    )

    objects = ProgramQuerySet.as_manager()
    searched = Searched(
        title=("name",),
        text=("summary", "body", "asks", "how_to_apply", "organiser"),
        parts={"audiences": ("name",), "facts": ("label", "value")},
    )

    class Meta(Ordered.Meta):
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        default_permissions = PERMISSIONS
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="program_of_a_town_or_a_network",
                condition=Q(town=None) | Q(network=None),
                violation_error_message=_("A program belongs to a twin town or to a network, not to both."),
            ),
            models.CheckConstraint(
                name="program_apply_days_in_order",
                condition=Q(apply_from=None) | Q(apply_until=None) | Q(apply_until__gte=F("apply_from")),
                violation_error_message=_("The last day to apply must not come before the first."),
            ),
        ]
        indexes = [*Publishable.Meta.indexes, listed("program_listed", "apply_from", "apply_until")]

    def __str__(self):
        return self.name

    def get_absolute_url(self, language=None):
        return address_of("program", self.slug, language=language)

    def get_application_display(self):
        """The words for the `application` that with_application() found."""
        return ApplicationState(self.application).label


class _AudienceChoices(PartQuerySet):
    """The rows that tie programs to audiences; Django writes them by way of their default manager."""


_choices = Program.audiences.through
_choices.part_of = ("program",)
_choices._meta.default_manager_name = "choices"
_AudienceChoices.as_manager().contribute_to_class(_choices, "choices")
