"""Rows of opening hours as a form has them: refused where two of them, or one and an answer, cannot both be meant."""

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from partnerships.admin import opening_words as words
from partnerships.choices import DayAnswer
from partnerships.opening_values import Deviation, Span, WeeklyHours
from partnerships.rule_collisions import Clash, answered_again, deviation_collisions, weekly_collisions

ANSWERS_THAT_HOLD = (DayAnswer.ORDINARY, DayAnswer.CLOSED, DayAnswer.OTHER_HOURS)


class AgreeingRows(BaseInlineFormSet):
    """Tells both rows of each collision; leaves alone what is to be deleted, and what has errors of its own."""

    def clean(self):
        super().clean()
        forms = [form for form in self.forms if self._counts(form)]
        values = [self.value_of(form.instance) for form in forms]
        # All first: a row with an error must not hide its next collision.
        found = [(forms[place], message) for place, message in self.messages(values)]
        for form, message in found:
            form.add_error(None, message)

    def _counts(self, form):
        is_left_empty = form.empty_permitted and not form.has_changed()
        return not (is_left_empty or form.errors or self._should_delete_form(form))

    def messages(self, values):
        """(place, ValidationError) of each row that collides."""
        for collision in self.collisions(values):
            told = {"on": self.told_days(collision.on)}
            for place, other in ((collision.one, collision.other), (collision.other, collision.one)):
                params = told | {"row": self.told_row(values[other])}
                yield place, ValidationError(self.sentences[collision.clash], code=collision.clash, params=params)


class HoursRows(AgreeingRows):
    collisions = staticmethod(weekly_collisions)
    told_row = staticmethod(words.weekly_row)
    told_days = staticmethod(words.weekdays)
    sentences = {
        Clash.SAME: _("Collides with the row %(row)s: both say the same. Delete one of them."),
        Clash.TIMES: _(
            "Collides with the row %(row)s: the times overlap on %(on)s. Change the times or the weekdays of one of "
            "them."
        ),
        Clash.PERIODS: _(
            "Collides with the row %(row)s: the seasons overlap, and neither is shorter than the other, so both would "
            "hold. Let one end before the other begins."
        ),
    }

    def value_of(self, row):
        return WeeklyHours(row.first_weekday, row.last_weekday, _span(row), row.valid_from, row.valid_through)


class ExceptionRows(AgreeingRows):
    collisions = staticmethod(deviation_collisions)
    told_row = staticmethod(words.deviation_row)
    sentences = {
        Clash.SAME: _("Collides with the row %(row)s: both say the same. Delete one of them."),
        Clash.TIMES: _("Collides with the row %(row)s: the times overlap on %(on)s. Change the times of one of them."),
        Clash.CLOSED_AND_OPEN: _(
            "Collides with the row %(row)s: one says closed and the other open on %(on)s. Delete one of them, or "
            "change its days."
        ),
        Clash.PERIODS: _(
            "Collides with the row %(row)s: they share %(on)s, and neither period is shorter than the other. Give both "
            "the same days, or none in common."
        ),
    }

    def value_of(self, row):
        return as_deviation(row)

    def told_days(self, on):
        return words.days(*on)

    def messages(self, values):
        yield from super().messages(values)
        answers = self._answers()
        for place in answered_again(values, answers):
            yield place, already_answered(answers[values[place].first_day])

    def _answers(self):
        """{day: SpecialDay} of the days on which an answer holds."""
        if not self.instance.pk:
            return {}
        return {row.day: row for row in self.instance.special_days.filter(answer__in=ANSWERS_THAT_HOLD)}


def already_answered(special):
    """The error at an exception one day long, on a day that has an answer."""
    return ValidationError(
        _(
            "Collides with the list of special days, where %(name)s, %(day)s, has the answer “%(answer)s”. Delete this "
            "row, or choose “%(unanswered)s” there first."
        ),
        code="answered",
        params={
            "name": special.name,
            "day": words.days(special.day, special.day),
            "answer": special.get_answer_display(),
            "unanswered": DayAnswer.UNCONFIRMED.label,
        },
    )


def refuse_beside_an_exception(special):
    """ValidationError where an exception one day long says already what holds on the special day."""
    row = special.centre.opening_exceptions.filter(first_day=special.day, last_day=special.day).first()
    if row:
        raise ValidationError(
            _(
                "Collides with the deviating opening hours of %(centre)s: %(row)s. Delete that row there first, or "
                "leave the day unanswered here."
            ),
            code="exception",
            params={"centre": special.centre, "row": words.deviation_row(as_deviation(row))},
        )


def as_deviation(row):
    return Deviation(row.first_day, row.last_day, _span(row))


def _span(row):
    return Span(row.opens, row.closes, row.by_appointment) if row.opens else None
