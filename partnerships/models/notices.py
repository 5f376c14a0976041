"""Short notices above the pages: what visitors must or may want to know just now. Each ends by itself."""

from urllib.parse import urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from partnerships.choices import NoticeKind
from partnerships.models import addresses
from partnerships.models.base import PublishedQuerySet, Rows, Timed, known_choice
from partnerships.models.fields import translated
from partnerships.validators import validate_web_address


class NoticeQuerySet(PublishedQuerySet):
    def above(self, page):
        """Those that stand above the page at this Swedish path: warnings first, then what began last."""
        began = Coalesce("published_from", "created_at")
        # In the alphabet, "warning" is the last of the kinds.
        return self.filter(address__in=["", page]).order_by("-kind", began.desc(), "-pk")

    def beside(self):
        """All of them as one list of dicts, to come beside another row in the same query."""
        return Rows(self, "kind", *_in_each_language("text", "link_text"), "link")


class Notice(Timed):
    kind = models.CharField(
        _("kind"),
        max_length=11,
        choices=NoticeKind,
        default=NoticeKind.INFORMATION,
        help_text=_("A warning is read out at once by screen readers: only for what visitors must know."),
    )
    text = translated(
        models.CharField(_("text"), max_length=300, help_text=_("One or two sentences, without formatting."))
    )
    link = models.CharField(
        _("link"),
        max_length=1000,
        blank=True,
        help_text=_("A page of this site or of another. Paste its address as it stands in the browser."),
    )
    link_text = translated(
        models.CharField(_("text of the link"), max_length=120, blank=True, help_text=_("Says where the link leads."))
    )
    address = models.CharField(
        _("on which page"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Empty: above every page. For one page: paste its address as it stands in the browser."
            " The notice then stands above it in both languages."
        ),
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Timed.Meta.constraints,
            known_choice("notice_kind_known", "kind", NoticeKind),
            models.CheckConstraint(
                name="notice_address_is_a_path", condition=Q(address="") | Q(address__startswith="/")
            ),
            models.CheckConstraint(
                name="notice_link_leads_somewhere",
                condition=Q(link="", link_text_sv="", link_text_en="")
                | (
                    (Q(link__startswith="/") | Q(link__startswith="https://") | Q(link__startswith="http://"))
                    & ~Q(link_text_sv="")
                ),
                violation_error_message=_("A link needs both an address and a text in Swedish."),
            ),
        ]

    def __str__(self):
        return Truncator(self.text).chars(50)

    def clean(self):
        errors = {}
        for name, read in {"address": _page, "link": _target}.items():
            try:
                setattr(self, name, read(getattr(self, name)))
            except ValidationError as error:
                # What was read when it was saved stays, though its page may have gone since.
                stored = type(self).objects.filter(pk=self.pk).values_list(name, flat=True).first()
                if getattr(self, name) != stored:
                    errors[name] = error
        if self.link and not self.link_text_sv:
            errors["link_text_sv"] = ValidationError(_("Say where the link leads."), code="link_text_missing")
        if not self.link and (self.link_text_sv or self.link_text_en):
            errors.setdefault("link", ValidationError(_("Paste the address that the link leads to."), code="required"))
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self):
        return self.address or reverse("landing")


def _in_each_language(*names):
    return [f"{name}_{language}" for name in names for language, _label in settings.LANGUAGES]


def _page(pasted):
    """The Swedish path of the page whose address was pasted; "" for none."""
    if not pasted.strip():
        return ""
    parts = addresses.on_this_site(pasted)
    if not parts:
        raise ValidationError(
            _("That is no address of this site. Its addresses begin with %(site)s/."),
            code="elsewhere",
            params={"site": settings.SITE_URL},
        )
    page = addresses.public_page(parts.path or "/")
    if not page:
        raise ValidationError(
            _("No public page lives at that address. Open the page and copy its address from the browser."),
            code="no_page",
        )
    return page


def _target(pasted):
    """Where a link leads: the Swedish path of a page here, with what follows it, or a web address; "" for none."""
    pasted = pasted.strip()
    parts = addresses.on_this_site(pasted)
    if not pasted or not parts:
        if pasted:
            validate_web_address(pasted)
        return pasted
    return urlunsplit(("", "", _page(pasted), parts.query, parts.fragment))
