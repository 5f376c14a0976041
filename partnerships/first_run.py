"""What a new site starts with: the shipped content, and somebody who can log in."""

import secrets

from django.contrib.auth import get_user_model
from django.db import transaction

from partnerships import content_import
from partnerships.models import ContentRecord


@transaction.atomic
def load_first_content():
    """Loads the shipped content where none has ever been loaded; whether it did."""
    if ContentRecord.objects.exists():
        return False
    content_import.load_content()
    return True


@transaction.atomic
def make_first_administrator(username="", email="", password=""):
    """The administrator and the password, where there is no user at all; else None.

    Without a username it is "admin"; without a password, a random one. ValidationError where they do not fit.
    """
    users = get_user_model()
    if users.objects.exists():
        return None
    password = password or secrets.token_urlsafe(12)
    administrator = users(username=username or "admin", email=email, is_staff=True, is_superuser=True)
    administrator.set_password(password)
    administrator.full_clean()
    administrator.save()
    return administrator, password
