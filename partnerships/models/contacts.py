"""Whom to ask: functions, and the people who hold them for a time."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from partnerships.models.base import PERMISSIONS, Ordered, Publishable, PublishedQuerySet, Rows, Slugged
from partnerships.models.fields import translated
from partnerships.models.parts import Part, PartQuerySet
from partnerships.models.searched import Searched, beginning
from partnerships.models.ways import address_of


class HolderQuerySet(PartQuerySet):
    def current(self, day):
        """Those who hold their function on this day, both end days included."""
        return self.filter(Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day))


class ContactQuerySet(PublishedQuerySet):
    def with_holders(self, day):
        """Each with `holder_rows`: name, email and phone of those who hold it on this day."""
        current = ContactHolder.objects.current(day).filter(contact=OuterRef("pk"))
        rows = Rows(current.order_by("position", "pk"), "name", "email", "phone")
        return self.annotate(holder_rows=rows)


class Contact(Slugged, Ordered, Publishable):
    name = translated(
        models.CharField(
            _("function"),
            max_length=120,
            help_text=_("The task, not the person: “Internationell samordnare”. People are added below."),
        )
    )
    description = translated(
        models.TextField(
            _("ask about"),
            blank=True,
            help_text=_("What one can ask about, and who may ask. A few sentences."),
        )
    )
    email = models.EmailField(_("shared mailbox"), blank=True, help_text=_("An address that stays when people change."))
    phone = PhoneNumberField(
        _("shared phone"), blank=True, help_text=_("Such as 08-465 004 00, or with a country code.")
    )
    substitute = models.ForeignKey(
        "self",
        verbose_name=_("substitute"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in_for",
        help_text=_("Whom to turn to when nobody answers here."),
    )
    contact_centre = models.ForeignKey(
        "partnerships.ContactCentre",
        verbose_name=_("contact centre"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
    )

    objects = ContactQuerySet.as_manager()
    searched = Searched(
        title=("name",),
        text=("description",),
        hidden=("email", "phone"),
        also_called=(_("phone"), _("e-mail")),
        timed={"holders": Searched(title=("name",), hidden=("email", "phone"))},
    )

    class Meta(Ordered.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        default_permissions = PERMISSIONS
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="contact_not_its_own_substitute",
                condition=~Q(substitute=F("id")),
                violation_error_message=_("A contact cannot stand in for itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self, language=None):
        return f"{address_of('contact', language=language)}#{self.slug}"


class ContactHolder(Part):
    """A person who holds a function, from the day `starts` through the day `ends` where they are known."""

    contact = models.ForeignKey(Contact, verbose_name=_("contact"), on_delete=models.CASCADE, related_name="holders")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    starts = models.DateField(_("from and with"), null=True, blank=True, help_text=_("Empty: not known."))
    ends = models.DateField(_("until and with"), null=True, blank=True, help_text=_("Empty: until further notice."))
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = HolderQuerySet.as_manager()
    part_of = ("contact",)

    class Meta:
        verbose_name = _("holder")
        verbose_name_plural = _("holders")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="holder_ends_after_start",
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]

    def __str__(self):
        return self.name

    def visible_between(self):
        """The moments at which the public begins to see who holds the function, and ends to; None for a side open."""
        day = datetime.timedelta(days=1)
        return self.starts and beginning(self.starts), self.ends and beginning(self.ends + day)

    def clean(self):
        if not self.email and not self.phone:
            raise ValidationError(_("Give an e-mail address or a phone number."), code="unreachable")
