"""What is pasted from Word, Google Docs and mail: the words stay, their dress does not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships import richtext

pytestmark = pytest.mark.once

PASTED = Path(__file__).parent / "pasted"
FROM_WORD = """
<h2>Om Exempelnätverket</h2>
<p>Nätverket samlar ”små” städer kring <strong>tre</strong> <em>frågor</em>.</p>
<h2>Vad det gör</h2>
<ul>
<li><p>Möten två gånger om året</p><ul><li><p>på våren i Exempelstad</p></li></ul></li>
<li><p>Utbyten för elever</p></li>
</ul>
<h3>Så går det till</h3>
<ol>
<li><p>Läs <a href="https://example.org/villkor?a=1&amp;b=2">villkoren</a>.</p></li>
<li><p>Skriv till oss före 15&nbsp;november.</p></li>
</ol>
<p>Avgift</p>
<p>12&nbsp;000 kronor[1]</p>
<p>Slut</p>
""".replace("\n", "")
FROM_GOOGLE_DOCS = """
<h2>Om Exempelnätverket</h2>
<p>Nätverket har <strong>tre</strong><em> frågor</em>.</p>
<ul>
<li><p>Möten</p><ul><li><p>på våren</p></li></ul></li>
<li><p><a href="https://example.org/">Utbyten</a></p></li>
</ul>
""".replace("\n", "")


@pytest.mark.parametrize(("file", "kept"), [("word.html", FROM_WORD), ("google_docs.html", FROM_GOOGLE_DOCS)])
def test_a_whole_document_becomes_clean_text(file, kept):
    assert richtext.clean((PASTED / file).read_text()) == kept


def item(level, marker, text):
    style = f"margin-left:36.0pt;mso-list:l0 level{level} lfo1"
    return f'<p class=MsoListParagraph style="{style}"><span style="mso-list:Ignore">{marker}&nbsp; </span>{text}</p>'


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        # Lists that stand there as paragraphs
        (item(1, "·", "a") + item(1, "·", "b"), "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (item(1, "1.", "a") + item(1, "2.", "b"), "<ol><li><p>a</p></li><li><p>b</p></li></ol>"),
        (item(1, "(a)", "a"), "<ol><li><p>a</p></li></ol>"),
        (item(1, "·", "a") + item(1, "1)", "b"), "<ul><li><p>a</p></li></ul><ol><li><p>b</p></li></ol>"),
        (item(1, "1.", "a") + item(2, "o", "b"), "<ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>"),
        (item(2, "o", "a") + item(1, "·", "b"), "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (item(1, "·", "a") + "<p>b</p>", "<ul><li><p>a</p></li></ul><p>b</p>"),
        (item(1, "·", ""), ""),
        ("<p>·&nbsp;&nbsp;&nbsp; a</p><p>•\tb</p>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<ul><li><p>· a</p></li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<blockquote><p>· a</p></blockquote>", "<blockquote><ul><li><p>a</p></li></ul></blockquote>"),
        # No lists
        ("<p>§ 5 gäller.</p><p>– Ja, sade hon.</p><p>1. Först</p>",) * 2,
        ("<p>3·4</p>",) * 2,
        # Lists that are some, but not whole
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("<ul><ul><li>a</li></ul></ul>", "<ul><li><ul><li><p>a</p></li></ul></li></ul>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<ol>a</ol><ul><li></li></ul>", "<ol><li><p>a</p></li></ol>"),
        # Headings: the page has its h1 already
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h5>d</h5>", "<h2>a</h2><h3>b</h3><h4>c</h4><h4>d</h4>"),
        ("<h2>a</h2><h3>b</h3>",) * 2,
        ("<h2>&nbsp;</h2><p>a</p>", "<p>a</p>"),
        # Bold and italics, said in other ways
        ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
        ('<p><span style="font-weight: 600; font-style: italic">a</span></p>', "<p><strong><em>a</em></strong></p>"),
        ('<p><b style="font-weight:normal">a</b></p>', "<p>a</p>"),
        ('<p><b style="mso-bidi-font-weight:normal">a</b></p>', "<p><strong>a</strong></p>"),
        ("<strong><p>a</p><p>b</p></strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        # A link stays one, whatever is in it
        ('<p><a href="/x/">a <b>b</b> c</a></p>', '<p><a href="/x/">a <strong>b</strong> c</a></p>'),
        ('<p><a href="file:///C:/a.docx">a</a><a href="#_Toc1">b</a></p>', "<p>ab</p>"),
        # Words of different boxes do not run together
        ("<div>a</div><div>b<br></div><div><br></div><div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        (
            "<table><caption>a</caption><tr><th>b</th><td>c<p>d</p></td></tr></table>",
            "<p>a</p><p>b</p><p>c</p><p>d</p>",
        ),
        ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
        # Spaces
        ("<p>&nbsp; a &nbsp; b&nbsp;c&nbsp;</p>", "<p>a b&nbsp;c</p>"),
        ("<p>a\n  b<br> <br> c<br></p>", "<p>a b<br><br>c</p>"),
        ("<p>a</p>\n<ul>\n<li><p>b</p></li>\n</ul>\n",) * 2,
        ("<p>a</p>\n<p></p>\n<p>b</p>", "<p>a</p><p>b</p>"),
        # What is not for the reader
        ("<p>a<del>b</del><ins>c</ins></p>", "<p>ac</p>"),
        ('<p>a<span style="display:none">b</span></p>', "<p>a</p>"),
        ("<style>p.MsoNormal{}</style><xml><w:View>Normal</w:View></xml><p>a<o:p></o:p></p>", "<p>a</p>"),
        ("<!--[if gte mso 9]><p>a</p><![endif]--><![if !vml]><p>b</p><![endif]>", "<p>b</p>"),
        # Signs that mean something in HTML
        ("<p>a &lt;b&gt; &amp;amp; c</p>",) * 2,
        ('<p><a href="/?a=&quot;&amp;b">c</a></p>',) * 2,
    ],
)
def test_pasted_is_told_in_our_own_tags(pasted, kept):
    assert richtext.clean(pasted) == kept


TAGS = ["p", "h1", "h3", "ul", "ol", "li", "blockquote", "div", "table", "tr", "td", "b", "i", "a", "span", "br", "del"]
ATTRIBUTES = ["", ' style="mso-list:l0 level1 lfo1"', ' style="mso-list:l0 level3 lfo1"', ' style="mso-list:Ignore"']
ATTRIBUTES += [' style="font-weight:normal"', " class=MsoTitle", ' href="/x/"']
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(["a", " ", "\n", "· ", "1. ", "&nbsp;", "&lt;p&gt;", "&amp;", "\t", "é"]),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaned_text_is_settled(html):
    cleaned = richtext.clean(html)
    assert richtext.clean(cleaned) == cleaned


def test_a_text_nested_thousandfold_is_cleaned():
    assert richtext.clean("<blockquote><b>" * 5000 + "a").count("a") == 1
