"""Tables of what was measured, printed, and kept in docs/performance.md."""

import re
import statistics
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def spread(values, digits=1):
    """The median, and between what it was."""
    middle, least, most = (f"{value:,.{digits}f}" for value in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({least}–{most})".replace(",", " ")


def table(head, rows):
    """Markdown; all columns but the first to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def verdict(value, at_most):
    return f"≤ {at_most:g}: {'holds' if value <= at_most else 'does not hold'}"


def write(name, text, file=FILE):
    """Puts the text where the page has room for what is called so: from <!-- name --> to <!-- end -->."""
    room = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", re.DOTALL)
    # Once: after an empty room, what follows it as far as the next end would be one too.
    page, count = room.subn(lambda _: f"\n{text}\n\n", file.read_text(), count=1)
    assert count == 1, name
    file.write_text(page)
