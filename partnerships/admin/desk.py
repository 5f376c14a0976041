"""The admin's front page: what waits for one, what one is writing, what will be and what was published."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin import AdminSite, site
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.draft_words import moment_told, stage_told
from partnerships.models import AccessibilityReport, Contact, Network, Program, SpecialDay, TwinTown
from partnerships.models.drafts import drafted_models
from partnerships.publishing import waiting
from partnerships.publishing.revising import name_of
from partnerships.publishing.rights import may, may_see

NEW = [
    (TwinTown, _("New twin town")),
    (Network, _("New network")),
    (Program, _("New program")),
    (Contact, _("New contact")),
]


@dataclass(frozen=True)
class Line:
    """Something to open. `told` says in few words what it is, `note` what somebody wrote about it."""

    title: str
    address: str
    told: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one sort; `more` others are found at `address`, where that is told."""

    heading: str
    lines: Iterable[Line]
    more: int
    address: str = ""


@dataclass(frozen=True)
class Panel:
    heading: str
    groups: Iterable[Group]
    empty: str


def desk(request, extra_context=None):
    panels = list(_panels(request.user))
    context = {"panels": panels, "new": list(_new(request.user))}
    if panels:
        context["title"] = _("Your work")
    return AdminSite.index(site, request, context | (extra_context or {}))


site.index = desk


def _new(user):
    for model, words in NEW:
        if may(user, "add", model):
            yield words, reverse(f"admin:partnerships_{model._meta.model_name}_add")


def _panels(user):
    writes = any(may_see(user, model) for model in drafted_models())
    if writes or any(may(user, "change", model) for model in (AccessibilityReport, SpecialDay)):
        yield Panel(
            _("Waits for me"),
            _groups(
                (_("To approve"), waiting.drafts_to_approve(user), _to_approve, _drafts(stage="submitted")),
                (_("Sent back to me"), waiting.returned_to(user), _with_note, _drafts(stage="returned")),
                (_("Could not be published"), waiting.refused(user), _refused, _drafts(stage="refused")),
                (_("New accessibility reports"), waiting.new_reports(user), _report, _reports()),
                (_("Special days to answer"), waiting.days_to_answer(user), _day, _days()),
            ),
            _("Nothing waits for you. What others send you, and what has to be answered, comes here."),
        )
    if writes:
        yield Panel(
            _("I am writing"),
            _groups(
                ("", waiting.own_drafts(user), _own, _drafts(whose="mine")),
                (_("Others are writing"), waiting.drafts_of_others(user), _of_another, _drafts(whose="others")),
            ),
            _("You have no drafts. What you write is kept here until it is published."),
        )
        yield Panel(
            _("Scheduled"),
            _groups(
                (_("Will be published"), waiting.scheduled(user), _scheduled, _drafts(stage="scheduled")),
                (_("Will be withdrawn"), waiting.ending(user), _ending),
            ),
            _("Nothing is scheduled. In each form one can choose to publish or withdraw later."),
        )
        yield Panel(
            _("Lately published"),
            _groups(("", waiting.lately_published(user), _published)),
            _("Nothing has been published from here yet."),
        )


def _groups(*groups):
    """The groups that hold anything."""
    return [
        Group(heading, [line(row) for row in some.rows], some.more, *address)
        for heading, some, line, *address in groups
        if some.rows
    ]


def _drafts(**asked):
    return reverse("admin:partnerships_draft_changelist", query=asked)


def _reports():
    return reverse("admin:partnerships_accessibilityreport_changelist", query={"state__exact": "new"})


def _days():
    return reverse("admin:partnerships_specialday_changelist", query={"answered": "no"})


def _form(model, pk):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def _told(*words):
    return capfirst(" · ".join(filter(None, words)))


def _by(user):
    return user and gettext("by %(name)s") % {"name": name_of(user)}


def _changed(draft):
    return gettext("changed %(moment)s") % {"moment": moment_told(draft.changed_at)}


def _of(draft, *words, note=""):
    return Line(draft.title, draft.get_absolute_url(), _told(str(draft.kind), *words), note)


def _to_approve(draft):
    return _of(draft, _by(draft.submitted_by), moment_told(draft.changed_at), note=draft.note)


def _with_note(draft):
    return _of(draft, moment_told(draft.changed_at), note=draft.note)


def _refused(draft):
    return _of(draft, note=draft.problem)


def _own(draft):
    return _of(draft, stage_told(draft), _changed(draft))


def _of_another(draft):
    return _of(draft, _by(draft.author), stage_told(draft), _changed(draft))


def _scheduled(draft):
    return _of(draft, moment_told(draft.publish_at))


def _ending(obj):
    return Line(
        str(obj), _form(type(obj), obj.pk), _told(str(obj._meta.verbose_name), moment_told(obj.published_until))
    )


def _published(revision):
    told = _told(str(revision.obj_model._meta.verbose_name), _by(revision.user), moment_told(revision.when))
    return Line(revision.title, _form(revision.obj_model, revision.object_id), told, revision.note)


def _report(report):
    return Line(report.beginning(), _form(AccessibilityReport, report.pk), _told(moment_told(report.created_at)))


def _day(special):
    day = f"{date_format(special.day, 'l j F')}, {special.name}"
    return Line(capfirst(day), _days(), str(special.centre))
