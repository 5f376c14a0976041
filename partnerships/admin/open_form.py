"""A form of the admin that is open on an object and on its draft: what it shows, what was sent, what is saved."""

import copy
from dataclasses import dataclass

from django.contrib.admin.utils import flatten_fieldsets
from django.forms import all_valid
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext

from partnerships.publishing import keeping
from partnerships.publishing.controls import blank_rows, controls, value_of
from partnerships.publishing.form_data import from_post, merge, to_post


@dataclass(frozen=True)
class Forms:
    """The form of the object and those of its rows, as the admin makes them."""

    form: object
    formsets: list
    inlines: list

    @cached_property
    def are_valid(self):
        is_valid = self.form.is_valid()
        return all_valid(self.formsets) and is_valid

    @property
    def have_changes(self):
        return self.form.has_changed() or any(formset.has_changed() for formset in self.formsets)


class OpenForm:
    """obj is None for something new, draft is None where nobody has begun one."""

    def __init__(self, model_admin, request, obj, draft):
        self.model_admin, self.request, self.obj, self.draft = model_admin, request, obj, draft

    def forms(self, value=None, empty_rows=()):
        """The admin's forms, bound to the value where there is one. empty_rows: prefixes that get one row more."""
        post = None if value is None else to_post(value, self._filled_in(empty_rows))
        request = _as_if_sent(self.request, post)
        admin, change = self.model_admin, self.obj is not None
        obj = admin.get_object(request, str(self.obj.pk)) if change else None
        fields = flatten_fieldsets(admin.get_fieldsets(request, obj))
        form_class = admin.get_form(request, obj, change=change, fields=fields)
        if post is None:
            form = (
                form_class(instance=obj) if change else form_class(initial=admin.get_changeform_initial_data(request))
            )
        else:
            form = form_class(post, MultiValueDict(), instance=obj)
        return Forms(form, *admin._create_formsets(request, obj or form.instance, change=change))

    def _filled_in(self, prefixes):
        """{prefix: what an empty row of it holds}."""
        blank = blank_rows(self.unbound.formsets) if prefixes else {}
        return {
            prefix: {name: control.values for name, control in blank[prefix].items()}
            for prefix in prefixes
            if prefix in blank
        }

    @cached_property
    def unbound(self):
        return self.forms()

    @cached_property
    def live(self):
        """The form as the stored object fills it."""
        return value_of(self.unbound.form, self.unbound.formsets)

    @cached_property
    def _opened(self):
        return merge(self.draft.base, self.draft.data, self.live) if self.draft else (self.live, [])

    @property
    def value(self):
        """The form as it opens: the draft, with what was changed of the object since it was begun."""
        return self._opened[0]

    @property
    def conflicts(self):
        """The Differences where both the draft and the object have changed the same."""
        return self._opened[1]

    def sent(self, post):
        return from_post(post, controls(self.unbound.form), blank_rows(self.unbound.formsets))

    def title(self, value):
        """What the draft is called in lists."""
        written = value["fields"].get(self.model_admin.title_field) or [""]
        return written[0].strip() or (str(self.obj) if self.obj else gettext("Untitled"))

    def keep(self, value, base, started, sent):
        """Writes the value into the draft, which is begun where there is none."""
        self.draft = keeping.keep(
            self.draft,
            model=self.model_admin.model,
            object_id=self.obj.pk if self.obj else None,
            title=self.title(value),
            data=value,
            base=base,
            author=self.request.user,
            form=started.form,
            turn=started.turn,
            sent=sent,
        )
        self.__dict__.pop("_opened", None)

    def save(self, forms):
        """The object as these valid forms make it, public. Nothing is recorded."""
        change = self.obj is not None
        obj = self.model_admin.save_form(self.request, forms.form, change=change)
        keeping.make_public(obj, timezone.now())
        obj.save()
        self.model_admin.save_related(self.request, forms.form, forms.formsets, change)
        return obj


def _as_if_sent(request, post):
    """The request as it would be had it been made to send this form, or, None, to fetch it."""
    request = copy.copy(request)
    request.method = "GET" if post is None else "POST"
    if post is not None:
        request.POST, request._files = post, MultiValueDict()
    return request
