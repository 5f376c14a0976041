"""Reviewing what the public reads, beside the form: to vouch for a text is no part of writing it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.models import Review
from partnerships.publishing.rights import may_see
from partnerships.reviewing import is_public, may_review, review, take_back

AT_MOST = 3  # reviews of a language beside the form
LONGEST_SIGNATURE = Review._meta.get_field("signature").max_length


class ReviewForm(forms.ModelForm):
    class Meta:
        model = Review
        fields = ["language", "signature"]
        widgets = {"language": AdminRadioSelect, "signature": AdminTextInputWidget}

    def __init__(self, *args, read, **kwargs):
        """read: when the text had last been changed, which the page sends back."""
        super().__init__(*args, **kwargs)
        self.read = read

    def clean(self):
        if self.data.get("read") != self.read:
            raise ValidationError(
                _("The text has been changed since you opened this page. Read it again, and then vouch for it."),
                code="changed",
            )
        return super().clean()


class ReviewedAdmin:
    """For the admins of what is reviewed."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/review/", view(self.review_view), name=name),
            path("<int:pk>/review/<int:review_pk>/", view(self.take_back_view), name=f"{name}_take_back"),
            *super().get_urls(),
        ]

    def review_view(self, request, pk):
        obj = self._reviewed(request, pk)
        if not is_public(obj):
            self.message_user(request, gettext("There is no published text to vouch for."), messages.WARNING)
            return self._back(request, obj)
        signature = (request.user.get_full_name() or request.user.get_username())[:LONGEST_SIGNATURE]
        read = obj.updated_at.isoformat()
        form = ReviewForm(request.POST or None, initial={"signature": signature}, read=read)
        if form.is_valid():
            review(obj, **form.cleaned_data, user=request.user)
            self.message_user(request, gettext("Thank you: the review is on the page."), messages.SUCCESS)
            return self._back(request, obj)
        return self._page(
            request,
            obj,
            "admin/review.html",
            title=gettext("Review %(text)s") % {"text": obj},
            adminform=AdminForm(form, [(None, {"fields": list(form.fields)})], {}, model_admin=self),
            read=read,
            public=_public_addresses(obj),
        )

    def take_back_view(self, request, pk, review_pk):
        obj = self._reviewed(request, pk)
        found = get_object_or_404(obj.reviews, pk=review_pk)
        if request.method == "POST":
            take_back(found, user=request.user)
            self.message_user(request, gettext("The review is removed."), messages.SUCCESS)
            return self._back(request, obj)
        return self._page(request, obj, "admin/take_back_review.html", title=gettext("Remove a review"), review=found)

    def _reviewed(self, request, pk):
        obj = get_object_or_404(self.model, pk=pk)
        if not may_review(request.user, obj):
            raise PermissionDenied
        return obj

    def _page(self, request, obj, template, **context):
        shared = self.admin_site.each_context(request) | {"opts": self.opts, "back": self._form_of(request, obj)}
        return TemplateResponse(request, template, shared | context)

    def _back(self, request, obj):
        return redirect(self._form_of(request, obj))

    def _form_of(self, request, obj):
        """Whoever answers for a thing may still have no other business with it at the desk."""
        if not may_see(request.user, self.model):
            return reverse("admin:index")
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])


def reviews_context(request, obj):
    """What templates/admin/reviews.html tells beside the form of an object."""
    name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_review"
    may = may_review(request.user, obj)
    return {
        "reviews_told": [(label, _latest(obj, code, name if may else "")) for code, label in settings.LANGUAGES],
        "review_address": reverse(name, args=[obj.pk]) if may and is_public(obj) else "",
    }


def _latest(obj, language, name):
    """(review, address at which to remove it) of the latest."""
    latest = obj.reviews.filter(language=language)[:AT_MOST]
    return [(found, reverse(f"{name}_take_back", args=[obj.pk, found.pk]) if name else "") for found in latest]


def _public_addresses(obj):
    """(language's code, its name, where the public reads it in it)."""
    found = []
    for code, label in settings.LANGUAGES:
        with translation.override(code):
            found.append((code, label, obj.get_absolute_url()))
    return found
