"""Made-up Swedish: words put together of syllables, used as often as words of a language are, always the same."""

import itertools
import random

SYLLABLES = [
    onset + vowel + coda
    for onset in ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "kl", "sk")
    for vowel in "aeiouyåäö"
    for coda in ("", "n", "r", "l", "st", "ng")
]
ENDINGS = ("", "", "", "en", "er", "et", "erna", "ar", "ade", "ning", "ig", "het")


class MadeUpTexts:
    """words: the vocabulary, the most common first."""

    def __init__(self, seed=2015, size=40_000):
        self._random = random.Random(seed)
        roots = list(self._distinct(self._root, size // 8))
        self.words = list(self._distinct(lambda: self._word(roots), size))
        # The n-th most common word stands about 1/n as often as the most common one (Zipf, with Mandelbrot's offset).
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(size)))

    def _distinct(self, make, number):
        seen = set()
        while len(seen) < number:
            word = make()
            if word not in seen:
                seen.add(word)
                yield word

    def _root(self):
        return "".join(self._random.choices(SYLLABLES, k=self._random.choice((1, 2, 2, 3))))

    def _word(self, roots):
        compound = self._random.choices(roots, k=self._random.choice((1, 1, 1, 2)))
        return "".join(compound) + self._random.choice(ENDINGS)

    def some_words(self, number):
        return self._random.choices(self.words, cum_weights=self._weights, k=number)

    def title(self):
        return " ".join(self.some_words(self._random.randint(2, 5))).capitalize()

    def sentence(self):
        return " ".join(self.some_words(self._random.randint(6, 18))).capitalize() + "."

    def paragraphs(self, words):
        """HTML with about so many words."""
        told, left = [], words
        while left > 0:
            sentences = [self.sentence() for _ in range(self._random.randint(3, 5))]
            left -= sum(sentence.count(" ") + 1 for sentence in sentences)
            told.append(f"<p>{' '.join(sentences)}</p>")
        return "".join(told)

    def length(self, mean, deviation, least):
        return max(least, int(self._random.gauss(mean, deviation)))
