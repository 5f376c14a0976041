"""Mails to those whom a step of a draft concerns: each to one address, once the step itself is safely stored.

A mail that cannot be sent is logged; the step stands.
"""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from partnerships.publishing.revising import name_of
from partnerships.publishing.rights import publishers

logger = logging.getLogger(__name__)


def tell_submitted(draft):
    """Tells those who may publish it."""
    approvers = publishers(draft.content_type.model_class())
    _tell_of(draft, "submitted", approvers, but=draft.submitted_by, by=draft.submitted_by, note=draft.note)


def tell_returned(draft, by):
    """Tells whoever submitted it, with the note of whoever sent it back."""
    _tell_of(draft, "returned", [draft.submitted_by], but=by, by=by, note=draft.note)


def tell_published(title, address, submitter, by):
    """Tells whoever submitted it that somebody else has published it; address: the path of its public page."""
    _tell("published", [submitter], but=by, by=by, title=title, address=address)


def tell_refused(draft):
    """Tells those whose it is that it could not be published when its time came."""
    _tell_of(draft, "refused", [draft.scheduled_by, draft.author], problem=draft.problem)


def tell_schedule_ended(draft, by):
    """Tells whoever scheduled it that it was changed, and waits for approval now. Call it while publish_at is there."""
    _tell_of(draft, "schedule_ended", [draft.scheduled_by], but=by, by=by, moment=draft.publish_at)


def _tell_of(draft, template, people, **told):
    _tell(template, people, title=draft.title, kind=draft.kind, address=draft.get_absolute_url(), **told)


def _tell(template, people, *, title, address, but=None, by=None, **told):
    """Mails the template, whose first line is the subject, to those of these people who can be reached."""
    told |= {"title": " ".join(title.split()), "address": settings.SITE_URL + address, "by": name_of(by)}
    with translation.override(settings.LANGUAGE_CODE):
        text = get_template(f"mail/{template}.txt").template.render(Context(told, autoescape=False))
    subject, body = text.split("\n", 1)
    addresses = dict.fromkeys(person.email for person in people if person != but and _can_be_reached(person))
    # Nobody's answering machine is to answer this: RFC 3834.
    headers = {"Auto-Submitted": "auto-generated"}
    mails = [EmailMessage(subject, body.strip() + "\n", to=[address], headers=headers) for address in addresses]
    if mails:
        transaction.on_commit(partial(_send, mails))


def _can_be_reached(person):
    return bool(person and person.email and person.is_active and person.is_staff)


def _send(mails):
    """All over one connection. SMTPException is an OSError, too."""
    try:
        with get_connection() as connection:
            for mail in mails:
                mail.connection = connection
                _send_one(mail)
    except OSError:
        logger.exception("The mail server does not answer: nobody was told “%s”", mails[0].subject)


def _send_one(mail):
    """One address that is refused does not keep the others from theirs."""
    try:
        mail.send()
    except OSError:
        logger.exception("One was not told “%s”", mail.subject)
