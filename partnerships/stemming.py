"""Words of a text as a search index keeps them: small letters, without endings, without dots and accents.

Vänorterna, vänort and vanort become the same term. A word is a run of letters and digits in any script; whatever
else stands in a text, control characters included, only separates words.
"""

import functools
import re
import threading
import unicodedata

WORD = re.compile(r"[^\W_]+")
LONGEST_TERM = 64
ALGORITHMS = {"sv": "swedish", "en": "english"}
# Letters that no Swedish or English word has, and that Unicode does not take apart into a plain one and a mark.
LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
# Words that carry the others; a question is searched without them, unless it has no other.
FUNCTION_WORDS = {
    "sv": """
        alla att av de dem den det detta din ditt du eller en er ert ett finns från för genom ha han har hon hur i in
        inom inte jag kan man med mellan men min mitt mot ni någon något när och om oss på samt sig sin sitt ska som
        så till under upp ut utan vad var vara vem vi vid vilka vilken vilket vår vårt är över
    """,
    "en": """
        a about an and any are as at be by can do does for from has have how i if in into is it its me my not of on
        or our so that the their them there these they this to us was we what when where which who with you your
    """,
}
_FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}
# Endings of nouns that the Swedish algorithm leaves: programmet, kommittén, skolan, kontaktcentret.
_SWEDISH_ENDINGS = re.compile(
    r"""(?<=\w{2}[bdfgklmnpstv])ret\Z | (?<=\w{4})et\Z | (?<=\w{3}[bdfgklmnprstv])an\Z | (?<=é)n\Z""", re.VERBOSE
)
_DOUBLED = re.compile(r"(?<=m)m\Z|(?<=n)n\Z")
_stemmers = threading.local()  # a stemmer keeps the word it works on


def terms(text, language):
    """The terms of a text, one for each of its words, in their order."""
    return [term(word, language) for word in WORD.findall(unicodedata.normalize("NFC", text))]


@functools.lru_cache(maxsize=2**15)
def whole(word):
    """One word with its endings, in plain small letters."""
    return fold(unicodedata.normalize("NFC", word[:LONGEST_TERM].casefold()))[:LONGEST_TERM]


@functools.lru_cache(maxsize=2**16)
def term(word, language):
    """The term of one word, of letters and digits alone; at most LONGEST_TERM of them."""
    word = unicodedata.normalize("NFC", word[:LONGEST_TERM].casefold()).translate(LETTERS)
    return fold(_stem(word, language))[:LONGEST_TERM] or fold(word)[:LONGEST_TERM] or word[:LONGEST_TERM]


def fold(word):
    """The word in its plainest letters: réseau as reseau, ångström as angstrom."""
    parts = unicodedata.normalize("NFKD", word.translate(LETTERS))
    return "".join(character for character in parts if character.isalnum())


def is_function_word(word, language):
    return unicodedata.normalize("NFC", word.casefold()) in _FUNCTION_WORDS[language]


def _stem(word, language):
    """Without its endings. Swedish puts one on the other, so they are taken off until none is left."""
    stemmer, before = _stemmer(language), None
    while word != before:
        before, word = word, stemmer.stemWord(word)
        if language == "sv":
            word = _DOUBLED.sub("", _SWEDISH_ENDINGS.sub("", word))
        if language != "sv" or len(word) < 5:
            break
    return word


def _stemmer(language):
    if not hasattr(_stemmers, language):
        import snowballstemmer  # when the first word comes, for it holds all languages and takes long to import

        setattr(_stemmers, language, snowballstemmer.stemmer(ALGORITHMS[language]))
    return getattr(_stemmers, language)
