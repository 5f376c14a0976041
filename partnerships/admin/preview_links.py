"""Links that show a preview to somebody without an account: signed, for seven days, until they are revoked."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from partnerships.models import PreviewLink
from partnerships.models.drafts import LINK_LASTS

SALT = "partnerships.preview-link"


def token_of(link):
    return signing.Signer(salt=SALT).sign(link.key)


def find_link(token):
    """The link that the token opens; None where it was forged, has expired or been revoked."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    links = PreviewLink.objects.select_related("draft__content_type", "made_by")
    return links.filter(key=key, made_at__gt=timezone.now() - LINK_LASTS).first()


def with_addresses(draft):
    """The draft's links that still open, each with its whole `address`."""
    links = list(draft.links.filter(made_at__gt=timezone.now() - LINK_LASTS))
    for link in links:
        link.address = settings.SITE_URL + reverse("preview", args=[token_of(link)])
    return links
