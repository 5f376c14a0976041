"""Choosing a password without being logged in: the first one, by invitation, or a new one where it is forgotten."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.urls import path

from partnerships.models import SiteSettings


class InTheDesksLook:
    def get_context_data(self, **kwargs):
        desk = site.each_context(self.request) | {"is_nav_sidebar_enabled": False}
        return super().get_context_data(**kwargs) | desk


class ForgottenForm(PasswordResetForm):
    def get_users(self, email):
        """Those with a password to forget, and those who have been invited and have chosen none yet."""
        active = User.objects.filter(email__iexact=email, is_active=True)
        return [user for user in active if user.has_usable_password() or not user.last_login]


class Forgotten(InTheDesksLook, views.PasswordResetView):
    form_class = ForgottenForm

    @property
    def extra_email_context(self):
        """The site's own address, whatever host the request names."""
        address = urlsplit(settings.SITE_URL)
        return {
            "protocol": address.scheme,
            "domain": address.netloc + address.path,
            "site_name": str(SiteSettings.load()),
        }


class Sent(InTheDesksLook, views.PasswordResetDoneView):
    pass


class Choose(InTheDesksLook, views.PasswordResetConfirmView):
    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None


class Chosen(InTheDesksLook, views.PasswordResetCompleteView):
    pass


addresses = [
    path("password_reset/", Forgotten.as_view(), name="admin_password_reset"),
    path("password_reset/done/", Sent.as_view(), name="password_reset_done"),
    path("reset/<uidb64>/<token>/", Choose.as_view(), name="password_reset_confirm"),
    path("reset/done/", Chosen.as_view(), name="password_reset_complete"),
]
