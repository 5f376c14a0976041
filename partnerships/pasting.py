"""HTML as Word, Google Docs and mail programs write it, retold in the few tags that a text here is made of.

What comes of it is well-formed and settled: retold once more, it stays as it is. Safe it is only when cleaned.
"""

import re
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

import nh3

PROTOCOLS = ("https", "http", "mailto", "tel")
_LISTS = {"ul", "ol"}
_CONTAINERS = _LISTS | {"li", "blockquote"}
_INLINE = {"a", "b", "strong", "i", "em", "span"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_CELLS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "div", "dt", "dd", "pre", "figcaption"}
_SECTIONS = {"article", "section", "header", "footer", "main", "aside", "address"}

# Balances the tags, as a browser would read them, and drops what is no text, or was deleted.
_reader = nh3.Cleaner(
    tags={"p", "br"} | _CONTAINERS | _INLINE | _HEADINGS | _CELLS | _SECTIONS,
    clean_content_tags={"script", "style", "xml", "title", "template", "del"},
    attributes={"*": {"class", "style"}, "a": {"href"}},
    url_schemes=set(PROTOCOLS),
    link_rel=None,
)
_BOLD = re.compile(r"bold|[6-9]00")
_WORD_LIST = re.compile(r"l\d+ level(\d)")
_NUMBER = re.compile(r"\W*\w{1,4}[.)]")
_BULLETS = re.compile(r"(?:[·•●○▪◦‣][ \xa0]+)+")
_GAP_OR_SIGN = re.compile(r"[ \xa0\n]+|.", re.DOTALL)
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Marks(NamedTuple):
    href: str = ""
    strong: bool = False
    em: bool = False


class Frame(NamedTuple):
    """An element that is open in what is read; `kept` is where its text goes: "text", "marker" or nowhere, ""."""

    marks: Marks = Marks()
    kept: str = "text"
    opened: int = 0  # how many containers it opened in what is told


class Block:
    """A paragraph or heading: its texts with their marks, "\n" for a line break."""

    def __init__(self, tag="p", level=0, is_implied=False):
        self.tag, self.level, self.is_implied = tag, level, is_implied
        self.signs, self.marker = [], ""


def tidied(html):
    return _Teller(_reader.clean(html)).told()


class _Teller(HTMLParser):
    def __init__(self, html):
        super().__init__()
        # Under a page's own title the headings of a document stand one level lower.
        self.lower = int("<h1" in html or "MsoTitle" in html)
        self.out, self.containers, self.written = [], [], 0
        self.frames, self.items, self.block, self.bare = [Frame()], [], None, None
        self.feed(html)
        self.close()
        self._end_block()
        self._end_items()

    def told(self):
        """The HTML; without its paragraph where a few loose words were all there was."""
        return self.bare if len(self.out) == 1 and self.bare else "".join(self.out)

    # What is read

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self._write("\n")
            return
        attrs = dict(attrs)
        style, names = _properties(attrs.get("style", "")), attrs.get("class", "").split()
        if tag not in _INLINE:
            self._end_block()
        if tag in _HEADINGS or (tag == "p" and "MsoTitle" in names):
            level = int(tag[1]) if tag in _HEADINGS else 1
            self.block = Block(f"h{min(max(level + self.lower, 2), 4)}")
        elif tag == "p":
            item = _WORD_LIST.match(style.get("mso-list", ""))
            self.block = Block(level=int(item[1]) if item else 0)
        above = self.frames[-1]
        opened = self._open(tag) if tag in _CONTAINERS else 0
        self.frames.append(Frame(_marks(above.marks, tag, attrs, style), _kept(above.kept, style, names), opened))

    def handle_endtag(self, tag):
        frame = self.frames.pop()
        if tag not in _INLINE:
            self._end_block()
        if tag in _CONTAINERS:
            self._end_items()
            for _ in range(frame.opened):
                self._close()

    def handle_data(self, data):
        self._write(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _write(self, text):
        frame = self.frames[-1]
        if not self.block:
            if not text.strip():
                return
            self.block = Block(is_implied=True)
        if frame.kept == "marker":
            self.block.marker += text
        elif frame.kept:
            self.block.signs += [(sign, frame.marks) for sign in text]

    # What is told

    def _end_block(self):
        block, self.block = self.block, None
        if not block:
            return
        signs, is_item = _settled(block.signs), bool(block.level)
        if block.tag == "p" and (bullets := _BULLETS.match("".join(sign for sign, _marks in signs))):
            signs, is_item = signs[bullets.end() :], True
        if not signs:
            return
        if is_item and (self.items or self.containers[-1:] in ([], ["blockquote"])):
            self._go_to_item(block.level or 1, "ol" if _NUMBER.match(block.marker) else "ul")
        else:
            self._end_items()
        self._emit(block, _in_marks(signs, Marks._fields))

    def _emit(self, block, html):
        if is_loose := self._is_in_list():
            self.containers.append("li")
        for tag in self.containers[self.written :]:
            if tag in _LISTS and self.out[-1:] == [f"</{tag}>"]:
                self.out.pop()  # the list goes on
            else:
                self.out.append(f"<{tag}>")
        self.written = len(self.containers)
        self.out.append(f"<{block.tag}>{html}</{block.tag}>")
        self.bare = html if block.is_implied and len(self.out) == 1 else None
        if is_loose:
            self._close()

    def _open(self, tag):
        """How many containers it opened: an item without a list is none, and a list right in a list has an item too."""
        self._end_items()
        if (tag == "li") == self._is_in_list():
            self.containers.append(tag)
            return 1
        if tag == "li":
            return 0
        if self.out[-1:] == ["</li>"] and self.written == len(self.containers):
            self.out.pop()  # the item before it goes on
            self.written += 1
        self.containers += ["li", tag]
        return 2

    def _is_in_list(self):
        return bool(self.containers) and self.containers[-1] in _LISTS

    def _close(self):
        """Closes the innermost container; one that nothing was told in was never there."""
        tag = self.containers.pop()
        if self.written > len(self.containers):
            self.out.append(f"</{tag}>")
            self.written -= 1

    def _go_to_item(self, level, tag):
        """On to the next item of a list that stood there as paragraphs with levels."""
        while self.items and self.items[-1] != (level, tag) and self.items[-1][0] >= level:
            self._end_item_list()
        if self.items[-1:] == [(level, tag)]:
            self._close()
        else:
            self.containers.append(tag)
            self.items.append((level, tag))
        self.containers.append("li")

    def _end_item_list(self):
        self.items.pop()
        self._close()
        self._close()

    def _end_items(self):
        while self.items:
            self._end_item_list()


def _properties(style):
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs}


def _marks(above, tag, attrs, style):
    if tag not in _INLINE:
        return above
    href = attrs.get("href", "")
    weight, slant = style.get("font-weight"), style.get("font-style")
    return Marks(
        above.href if tag != "a" or href.startswith("#_") else href,  # "#_": Word's own notes and contents
        bool(_BOLD.match(weight)) if weight else above.strong or tag in ("b", "strong"),
        slant == "italic" if slant else above.em or tag in ("i", "em"),
    )


def _kept(above, style, names):
    if style.get("display") == "none" or style.get("mso-element") == "comment-list" or "MsoCommentReference" in names:
        return ""
    return "marker" if above and style.get("mso-list") == "Ignore" else above


def _settled(signs):
    """Without gaps at the ends and around line breaks; a no-break space stands where it holds two words together."""
    text, settled = "".join(sign for sign, _marks in signs), []
    for found in _GAP_OR_SIGN.finditer(text):
        gap = found[0]
        if "\n" in gap:
            gap = "\n" * gap.count("\n")
        elif gap.isspace() and gap != _NO_BREAK:
            gap = " "
        if gap.strip(f" \n{_NO_BREAK}") or (found.start() > 0 and found.end() < len(text)):
            settled += [(sign, signs[found.start()][1]) for sign in gap]
    return settled


def _in_marks(signs, names):
    """The signs as HTML, each mark around as many as have it."""
    if not names:
        return escape("".join(sign for sign, _marks in signs), quote=False).replace("\n", "<br>")
    name, *inner = names
    parts = groupby(signs, key=lambda one: getattr(one[1], name))
    return "".join(_wrapped(_in_marks(list(part), inner), name, value) for value, part in parts)


def _wrapped(html, name, value):
    if not value:
        return html
    return f'<a href="{escape(value)}">{html}</a>' if name == "href" else f"<{name}>{html}</{name}>"
