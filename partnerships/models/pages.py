"""The editable texts of the site itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Conformity, PageKey
from partnerships.models.base import PERMISSIONS, Publishable, PublishedQuerySet, known_choice
from partnerships.models.fields import RichTextField, in_each_language, translated
from partnerships.models.images import Illustrated
from partnerships.models.searched import Searched
from partnerships.models.ways import address_of
from partnerships.validators import validate_web_address


class StatementParts(models.Model):
    """What an accessibility statement must hold by lagen (2018:1937) and DIGG's regulation MDFFS 2019:2."""

    conformity = models.CharField(_("conformity"), max_length=20, choices=Conformity, default=Conformity.NOT_ASSESSED)
    not_accessible = translated(
        RichTextField(
            _("what is not accessible, and why"),
            blank=True,
            help_text=_("All that is known, by what somebody is trying to do."),
        )
    )
    unreasonable_burden = translated(
        RichTextField(_("exceptions for unreasonable burden (§ 12), with reasons"), blank=True)
    )
    not_covered = translated(RichTextField(_("what the law does not cover (§ 9)"), blank=True))
    how_tested = translated(RichTextField(_("how it was tested"), blank=True))
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    statement_changed_on = models.DateField(_("statement last changed on"), null=True, blank=True)
    how_to_report = translated(RichTextField(_("how to report a problem"), blank=True))
    supervisor = models.CharField(_("supervising authority"), max_length=160, blank=True)
    supervisor_url = models.URLField(
        _("where to complain to the authority"), blank=True, validators=[validate_web_address]
    )

    class Meta:
        abstract = True


class PageQuerySet(PublishedQuerySet):
    def without_statement(self):
        """What every page has, and not what only the accessibility statement holds."""
        return self.defer(*(field.attname for field in StatementParts._meta.get_fields()))


class Page(Illustrated, StatementParts, Publishable):
    key = models.CharField(_("page"), max_length=20, choices=PageKey, unique=True)
    title = translated(models.CharField(_("title"), max_length=120))
    description = translated(
        models.CharField(
            _("description for search engines"),
            max_length=300,
            blank=True,
            help_text=_("One or two sentences, shown where the page is found or shared."),
        )
    )
    lead = translated(
        models.TextField(
            _("introduction"), blank=True, help_text=_("One or two sentences. The landing page shows it too.")
        )
    )
    body = translated(RichTextField(_("text"), blank=True))

    objects = PageQuerySet.as_manager()
    searched = Searched(
        title=("title",),
        text=("lead", "body", "not_accessible", "unreasonable_burden", "not_covered", "how_tested", "how_to_report"),
        hidden=("description",),
        is_called_by_kind=False,
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["pk"]
        default_permissions = PERMISSIONS
        constraints = [
            *Publishable.Meta.constraints,
            known_choice("page_key_known", "key", PageKey),
            known_choice("page_conformity_known", "conformity", Conformity),
        ]

    def __str__(self):
        return self.get_key_display()

    def get_absolute_url(self):
        return address_of(self.key)

    @classmethod
    def unwritten(cls, key):
        """What stands in, unsaved, where no text is published: the page's name and nothing else."""
        return cls(key=key, **in_each_language("title", PageKey(key).label))
