"""Writes the fixture of FSRS-6: what PyPI's fsrs 6.3.2 (MIT, Open Spaced Repetition) answers over 10,000 histories.

The histories come of splitmix64, which the test runs too, so that only answers are kept: a digest of all, and the first 300 whole.
A history has 1 to 8 answers; each has a rating from 1 to 4 and comes 0 to 400 days after the one before it.
    pip install fsrs==6.3.2 && python fsrs-histories.py > fsrs-histories.txt
"""
import datetime
import fsrs
from importlib.metadata import version

M = (1 << 64) - 1
state = 20_060_403
def random(limit):
    global state
    state = (state + 0x9E3779B97F4A7C15) & M
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    return (z ^ (z >> 31)) % limit

scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
print("# PyPI fsrs", version("fsrs"), "· published parameters, retention 0.9, learning and relearning steps empty, no fuzz, at most 36500 days")
print("# Made by fsrs-histories.py: a line a history; each answer is day:rating:interval:stability:difficulty, the last two in millionths, cut.")
digest, kept = 0xCBF29CE484222325, []
for number in range(10_000):
    card, day, parts = fsrs.Card(card_id=1), 0, []
    for _ in range(1 + random(8)):
        # A third on the same day or the next, a third within a month, a third later.
        day += [random(2), random(31), random(401)][random(3)]
        rating = 1 + random(4)
        now = start + datetime.timedelta(days=day)
        card, _log = scheduler.review_card(card, fsrs.Rating(rating), now)
        parts.append(f"{day}:{rating}:{(card.due - now).days}:{int(card.stability * 1e6)}:{int(card.difficulty * 1e6)}")
    line = " ".join(parts)
    # The digest is of days, ratings and intervals, which must be equal to the last digit whatever the mathematics library.
    for byte in (" ".join(":".join(part.split(":")[:3]) for part in parts) + "\n").encode():
        digest = ((digest ^ byte) * 0x100000001B3) & M  # FNV-1a
    if number < 300:
        kept.append(line)
print("digest", f"{digest:016x}")
print("\n".join(kept))
