"""What the next occurrence costs cronsim (PyPI), a cron library that follows Debian's cron: figures for scripts/bench."""

import sys
import time
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

try:
    from cronsim import CronSim
except ImportError:
    sys.exit("no cronsim")

ZONE = ZoneInfo("America/New_York")
CASES = {"daily": "30 9 * * *", "weekdays": "*/15 9-17 * * 1-5", "leap_day": "0 0 29 2 *"}
PLACES = [datetime(2016, 3, 1, 12, 0, 7, tzinfo=ZONE) + timedelta(days=day) for day in range(0, 365, 5)]


def nanoseconds(work):
    """Of one call, median of nine rounds over all places."""
    rounds = []
    for _ in range(9):
        began = time.process_time_ns()
        for place in PLACES:
            work(place)
        rounds.append((time.process_time_ns() - began) / len(PLACES))
    return median(rounds)


def alone(expression):
    """The search without reading the expression, which cronsim always does first."""
    return nanoseconds(lambda place: next(CronSim(expression, place))) - nanoseconds(
        lambda place: CronSim(expression, place)
    )


whole, search = [], []
for name, expression in CASES.items():
    whole.append(nanoseconds(lambda place: next(CronSim(expression, place))))
    search.append(alone(expression))
    print(f"cronsim_{name}_read_and_next {whole[-1]:.0f} ns")
    print(f"cronsim_{name}_next {search[-1]:.0f} ns")
print(f"cronsim_fastest_read_and_next {min(whole):.0f} ns")
print(f"cronsim_fastest_next {min(search):.0f} ns")
