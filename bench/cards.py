"""How long it takes to draw the card that a shared page shows, with the longest title and a photograph."""

import statistics
import sys
import time

from partnerships import cards, renditions

ROUNDS = 30
TITLE = "Tillgänglighetsredogörelse för webbplatsen om Exempelstads kommuns vänorter och internationella nätverk"


def main():
    with open("partnerships/content/pictures/tempe.jpg", "rb") as master:
        photo = dict(renditions.make(master.read(), (50, 50)).files)["card-1200.jpg"]
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        cards.draw_card(TITLE, "Arizona, USA", "Exempelstads kommun", photo)
        taken.append((time.process_time() - began) * 1000)
    print(f"a card, ms of CPU: median {statistics.median(taken):.1f} ({min(taken):.1f}–{max(taken):.1f})")


if __name__ == "__main__":
    sys.exit(main())
