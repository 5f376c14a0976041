"""The list in which editors say what holds on eves, half days and bridge days."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partnerships import hours_in_words
from partnerships.admin.base import EditorAdmin
from partnerships.admin.opening_rows import ANSWERS_THAT_HOLD, refuse_beside_an_exception
from partnerships.admin.reachable import warn_of_closed_weekdays
from partnerships.choices import DayAnswer
from partnerships.models import ContactCentre, SpecialDay
from partnerships.proposing import propose_special_days
from partnerships.swedish_calendar import DayKind, special_day


class SpecialDayForm(forms.ModelForm):
    """A row of the list, or one day's own form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _FROM_AND_TO.keys() & self.fields.keys():
            self.fields[name].widget.attrs["placeholder"] = _FROM_AND_TO[name]
        if self.instance.day:  # Django also makes a form of no day, to ask which scripts it needs
            for field in self.fields.values():  # in the list, only the column has a label
                field.widget.attrs["aria-label"] = f"{capfirst(field.label)}, {_day(self.instance)}"

    def clean(self):
        cleaned = super().clean()
        if self.has_changed() and cleaned.get("answer") in ANSWERS_THAT_HOLD:
            refuse_beside_an_exception(self.instance)
        return cleaned


_FROM_AND_TO = {"opens": pgettext_lazy("hour", "from"), "closes": pgettext_lazy("hour", "to")}


class AnsweredFilter(admin.SimpleListFilter):
    title = _("what holds")
    parameter_name = "answered"
    template = "admin/choices_in_a_row.html"

    def lookups(self, request, model_admin):
        return [("no", pgettext("days", "Not answered")), ("yes", pgettext("days", "Answered"))]

    def queryset(self, request, queryset):
        unanswered = models.Q(answer=DayAnswer.UNCONFIRMED)
        asked = {"no": unanswered, "yes": ~unanswered}
        return queryset.filter(asked.get(self.value(), models.Q()))

    def choices(self, changelist):
        """Those that wait for an answer come first."""
        everything, *asked = super().choices(changelist)
        return [*asked, everything]


@admin.register(SpecialDay)
class SpecialDayAdmin(EditorAdmin):
    form = SpecialDayForm
    list_display = ["told", "centre", "answer", "opens", "closes"]
    list_display_links = None  # one answers in the list
    list_editable = ["answer", "opens", "closes"]
    list_filter = [AnsweredFilter]
    list_select_related = ()  # get_queryset() brings the centres, with more than Django would
    show_facets = ShowFacets.ALWAYS
    ordering = ["day", "centre"]
    actions = ["answer_as_usual", "answer_closed"]
    fields = ["told", "centre", "answer", ("opens", "closes")]
    readonly_fields = ["told", "centre"]
    formfield_overrides = EditorAdmin.formfield_overrides | {
        # Without Django's links for “now” and a clock, which take more room than the time itself.
        models.TimeField: EditorAdmin.formfield_overrides[models.TimeField]
        | {"widget": forms.TimeInput(format="%H:%M", attrs={"size": 5, "class": "clock-time"})},
    }

    class Media:
        css = {"all": ["css/admin-special-days.css"]}

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET":
            propose_special_days()
        context = {"title": _("What holds on special days?")} | (extra_context or {})
        response = super().changelist_view(request, context)
        if "_save" in request.POST and response.status_code == 302:
            self._tell_what_comes_of_it(request)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self._tell_what_comes_of_it(request)
        return response

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": SpecialDayForm} | kwargs)

    def get_list_display(self, request):
        """With the centre where there are several."""
        is_alone = ContactCentre.objects.count() < 2
        return [name for name in self.list_display if name != "centre" or not is_alone]

    def get_queryset(self, request):
        """What has been is settled."""
        centres = Prefetch("centre", ContactCentre.objects.with_rules())
        return super().get_queryset(request).prefetch_related(centres).filter(day__gte=timezone.localdate())

    def has_add_permission(self, request):
        """The calendar proposes them."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("day"), ordering="day")
    def told(self, obj):
        """The day, its name, and the hours that it would have."""
        name = obj.name
        if special_day(obj.day).kind == DayKind.HALF_DAY:
            name = gettext("%(day)s (half day by custom)") % {"day": name}
        spans = hours_in_words.spans(obj.centre.rules.ordinary_spans(obj.day)) or hours_in_words.closed()
        ordinary = gettext("ordinarily %(hours)s") % {"hours": spans}
        return format_html("<strong>{}</strong> <span>{}</span> <span>{}</span>", _day(obj), name, ordinary)

    @admin.action(description=_("Answer “Open as usual” on the selected"), permissions=["change"])
    def answer_as_usual(self, request, queryset):
        self._answer(request, queryset, DayAnswer.ORDINARY)

    @admin.action(description=_("Answer “Closed” on the selected"), permissions=["change"])
    def answer_closed(self, request, queryset):
        self._answer(request, queryset, DayAnswer.CLOSED)

    def _answer(self, request, queryset, answer):
        count, refused = 0, []
        for special in queryset:
            try:
                refuse_beside_an_exception(special)
            except ValidationError as error:
                refused.append(f"{_day(special)}: {error.messages[0]}")
                continue
            special.answer, special.opens, special.closes = answer, None, None
            special.save()
            self.log_change(request, special, [{"changed": {"fields": [str(_("what holds"))]}}])
            count += 1
        if count:
            told = ngettext("%(count)d day is answered: %(answer)s.", "%(count)d days are answered: %(answer)s.", count)
            self.message_user(request, told % {"count": count, "answer": answer.label}, messages.SUCCESS)
        for told in refused:
            self.message_user(request, told, messages.ERROR)
        self._tell_what_comes_of_it(request)

    def _tell_what_comes_of_it(self, request):
        coming = self.get_queryset(request)
        if left := coming.filter(answer=DayAnswer.UNCONFIRMED).count():
            told = ngettext("%(count)d day is still to be answered.", "%(count)d days are still to be answered.", left)
            self.message_user(request, told % {"count": left})
        else:
            self.message_user(request, gettext("Every special day of the coming year is answered."), messages.SUCCESS)
        warn_of_closed_weekdays(request, ContactCentre.objects.filter(pk__in=coming.values("centre")))


def _day(special):
    return date_format(special.day, "l j F Y")
