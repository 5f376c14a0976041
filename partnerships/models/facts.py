"""Facts: values that age."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.fields import PartialDateField, translated
from partnerships.models.networks import Network
from partnerships.models.parts import Part
from partnerships.models.programs import Program
from partnerships.models.towns import TwinTown
from partnerships.validators import validate_web_address


class Fact(Part):
    """A label and its value, with the date at which it held, where it comes from and when to check it again."""

    town = models.ForeignKey(
        TwinTown,
        verbose_name=_("twin town"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="facts",
    )
    network = models.ForeignKey(
        Network,
        verbose_name=_("network"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="facts",
    )
    program = models.ForeignKey(
        Program,
        verbose_name=_("program"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="facts",
    )
    label = translated(models.CharField(_("what"), max_length=120, help_text=_("Such as “Invånare”.")))
    value = translated(
        models.CharField(
            _("value"),
            max_length=300,
            help_text=_("Such as “cirka 180 000”. English may stay empty where it reads the same."),
        )
    )
    as_of = PartialDateField(_("as of"), help_text=_("When it held: 2024, 2024-05 or 2024-05-15."))
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("link to the source"), blank=True, validators=[validate_web_address])
    check_again = models.DateField(_("check again"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    part_of = ("town", "network", "program")

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fact_of_exactly_one",
                condition=Q(town__isnull=False, network=None, program=None)
                | Q(town=None, network__isnull=False, program=None)
                | Q(town=None, network=None, program__isnull=False),
                violation_error_message=_("A fact belongs to one town, one network or one program."),
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.value}"
