"""Invitations to the desk: a link by mail with which one chooses a password, once."""

import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.formats import date_format
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from partnerships.models import SiteSettings


def may_be_invited(user):
    """Whether there is a password for the user to choose, and an address to send the link to."""
    return bool(user.is_active and user.email and not user.has_usable_password())


def link_for(user):
    """Where the user chooses a password. Ends when that is done, or by itself: see link_ends()."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("password_reset_confirm", args=[key, token])


def link_ends():
    """When a link made now ends, in words."""
    ends = timezone.localtime() + datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return date_format(ends, "SHORT_DATETIME_FORMAT")


def send_invitation(user, link):
    """Mails the link. OSError where the mail cannot be sent."""
    site = str(SiteSettings.load())
    subject = gettext("Your account at %(site)s") % {"site": site}
    body = gettext(
        "Hello %(name)s,\n\n"
        "you are invited to work with the pages of “%(site)s”. Your user name is %(username)s.\n\n"
        "Choose your password here:\n%(link)s\n\n"
        "The link works once, and until %(ends)s. After that you can ask for a new one here:\n%(again)s\n"
    )
    told = {
        "name": user.get_full_name() or user.get_username(),
        "site": site,
        "username": user.get_username(),
        "link": link,
        "ends": link_ends(),
        "again": settings.SITE_URL + reverse("admin_password_reset"),
    }
    send_mail(" ".join(subject.split()), body % told, None, [user.email])
