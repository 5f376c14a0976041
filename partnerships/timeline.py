"""What happened to the agreements, in order: no database, no clock.

A year that is not known is not guessed. What has none keeps its place in the story of its own agreement: the beginning
before all else, the rest after what came before it there; a replacement comes after the end of what it replaced.
"""

from dataclasses import dataclass
from typing import Any

from partnerships.choices import AgreementEnd, EventKind
from partnerships.partial_dates import PartialDate


@dataclass(frozen=True)
class Event:
    """Something that happened to an agreement, or a town's part in it. Without `when`, nobody knows the year."""

    kind: EventKind
    agreement: Any
    when: PartialDate | None = None
    town: Any = None

    @property
    def signers(self):
        """The towns to name where the agreement begins: those that are or were party to it."""
        begins = self.kind in (EventKind.SIGNED, EventKind.REPLACED)
        return [party.town for party in self.agreement.parties_joined] if begins else []

    @property
    def replaced(self):
        """The rows of the agreements to name after it: those whose place it takes."""
        return self.agreement.replaced_rows if self.kind == EventKind.REPLACED else []


def events_of(agreements):
    """The Events of agreements that come from told(), the earliest first."""
    agreements = list(agreements)
    chains = {agreement.pk: _chain(agreement) for agreement in agreements}
    placed = [
        (*_place(chains, event, number), rank, number, event)
        for rank, agreement in enumerate(agreements)
        for number, event in enumerate(chains[agreement.pk])
    ]
    return [event for *_order, event in sorted(placed, key=lambda place: place[:-1])]


def _chain(agreement):
    """The events of one agreement in the order of its own story."""
    start = EventKind.REPLACED if agreement.replaced_rows else EventKind.SIGNED
    chain = [Event(start, agreement, agreement.signed)]
    parts = [Event(EventKind.DECLINED, agreement, part.since, part.town) for part in agreement.parties_declined]
    later = [part for part in agreement.parties_joined if part.since and part.since != agreement.signed]
    parts += [Event(EventKind.JOINED, agreement, part.since, part.town) for part in later]
    parts += [Event(EventKind.LEFT, agreement, part.since, part.town) for part in agreement.parties_left]
    chain += sorted(parts, key=lambda event: str(event.when or ""))
    if agreement.end == AgreementEnd.ENDED:
        chain.append(Event(EventKind.ENDED, agreement, agreement.ended))
    return chain


def _place(chains, event, number):
    """(text that sorts as dates do, whether the year is not known)."""
    if event.when:
        return str(event.when), False
    chain = chains[event.agreement.pk]
    before = [known.when for known in chain[:number] if known.when]
    replaced = chains.get(event.agreement.replaces_id, ()) if event.agreement.replaced_rows else ()
    before = before or [known.when for known in replaced if known.when]
    return (str(max(before)) if before else ""), True
