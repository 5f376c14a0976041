"""The one place that cleans rich text, and the one that trusts it.

What survives: headings from h2 down, paragraphs, line breaks, lists, quotes, links, strong and emphasis.
"""

import json
import re
from html import unescape

import nh3
from django.utils.safestring import mark_safe

from partnerships.pasting import PROTOCOLS, tidied

HEADINGS = (2, 3, 4)

_cleaner = nh3.Cleaner(
    tags={"p", "br", "ul", "ol", "li", "blockquote", "a", "strong", "em"} | {f"h{n}" for n in HEADINGS},
    attributes={"a": {"href"}},
    url_schemes=set(PROTOCOLS),
    link_rel=None,
    strip_comments=True,
)
_BETWEEN_TAGS = re.compile(r"(?:^|(?<=>))\n+(?=<|$)")
_NOT_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
_END_OF_BLOCK = re.compile(r"</(?:p|li|blockquote|h[2-4])>|<br\s*/?>", re.IGNORECASE)

# The editor offers what the cleaner lets through; a test holds the two together.
EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": list(HEADINGS)},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": list(PROTOCOLS)},
    "PastedText": True,
}


def clean(html):
    """The part of the text that may stand on a public page, in the tags above, without empty paragraphs."""
    if not html:
        return ""
    html = html.replace("\0", "")
    kept, told = _cleaner.clean(html), _cleaner.clean(tidied(html))
    return kept if _BETWEEN_TAGS.sub("", kept) == told else told  # lines as its writer laid them


def plain(html):
    """The words of the text, a paragraph, heading or list item a line."""
    return unescape(nh3.clean(_END_OF_BLOCK.sub(r"\g<0>\n", html), tags=set()))


def trusted(html):
    """Text that a RichTextField has cleaned on its way in, ready for a template."""
    return mark_safe(html)


def data_block(kind, data):
    """A script element that holds data as JSON and runs nothing; `kind` is its media type."""
    text = json.dumps(data, ensure_ascii=False).translate(_NOT_IN_A_SCRIPT)
    return mark_safe(f'<script type="{kind}">{text}</script>')
