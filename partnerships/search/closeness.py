"""How many slips of the finger lie between two words."""


def most_slips(length):
    """How many slips a word of so many letters is forgiven."""
    if length < 4:
        return 0
    return 1 if length < 8 else 2


def slips(one, other, limit):
    """The optimal string alignment distance: letters left out, put in, changed, or swapped with their neighbour.

    limit + 1 stands for every distance above the limit.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if min(len(one), len(other)) == 0:
        return min(max(len(one), len(other)), limit + 1)
    before_last, last = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(last) > limit:
            return limit + 1
        before_last, last = last, row
    return min(last[-1], limit + 1)
