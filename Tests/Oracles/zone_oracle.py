#!/usr/bin/env python3
"""What daily and weekly times and offsets of three days must give around every change of the clocks.

An oracle for Tests/AlmanacTests/Oracle: it shares no code with Bellman. It takes zone names from standard input, one a
line, and writes one line of JSON (the zones, those with one file together) and then little-endian 64-bit integers in
the order of `put` below. Local times are read by Python's zoneinfo with fold = 0: a time in a gap moves later by the
length of the gap, of a repeated time it is the first pass (PEP 495).

    zone_oracle.py ZONEINFO_FOLDER SHARD SHARDS < names

PYTHONTZPATH must be the same folder.
"""

import array
import json
import os
import struct
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

DAY = 86_400
EPOCH = datetime(1970, 1, 1)
START = int(datetime(1970, 1, 1, tzinfo=timezone.utc).timestamp())
END = int(datetime(2038, 1, 1, tzinfo=timezone.utc).timestamp())
REACH = int(2.5 * DAY)  # a daily schedule is walked so far on both sides
WEEKS = 8 * DAY  # and a weekly one so far


def table_instants(path):
    """The instants of the file's own table (RFC 9636), each of which may or may not change the offset."""
    data = open(path, "rb").read()

    def header(at):
        assert data[at : at + 4] == b"TZif"
        return data[at + 4 : at + 5], struct.unpack(">6l", data[at + 20 : at + 44])

    version, (utc, std, leap, times, types, chars) = header(0)
    if version == b"\0":
        return list(struct.unpack(f">{times}l", data[44 : 44 + times * 4]))
    second = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc
    times = header(second)[1][3]
    return list(struct.unpack(f">{times}q", data[second + 44 : second + 44 + times * 8]))


class Place:
    def __init__(self, name):
        self.zone = zoneinfo.ZoneInfo(name)
        self.resolved = {}

    def offset_at(self, instant):
        offset = datetime.fromtimestamp(instant, self.zone).utcoffset()
        return offset.days * DAY + offset.seconds

    def resolve(self, wall):
        """Seconds on the wall clock since 1970 to seconds since 1970."""
        known = self.resolved.get(wall)
        if known is None:
            offset = self.zone.utcoffset(EPOCH + timedelta(seconds=wall))
            known = self.resolved[wall] = wall - offset.days * DAY - offset.seconds
        return known

    def wall(self, instant):
        return instant + self.offset_at(instant)

    def changes(self, instants):
        """(instant, offset before, offset after). Behind the table the closing rule is walked in steps of six hours."""
        known = [t for t in instants if START <= t < END]
        step = max(START, max(instants, default=START)) // 21_600 * 21_600
        before = self.offset_at(step)
        while step + 21_600 < END:
            step += 21_600
            after = self.offset_at(step)
            if after != before:
                low, high = step - 21_600, step
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if self.offset_at(middle) == before else (low, middle)
                known.append(high)
            before = after
        pairs = ((t, self.offset_at(t - 1), self.offset_at(t)) for t in sorted(set(known)))
        return [change for change in pairs if change[1] != change[2]]


def local_times(instant, before, after):
    """Seconds of the day: inside, both edges, a second beside them, and three that people choose."""
    low, high = sorted((instant + before, instant + after))
    inside = (low + high) // 2
    return low, [t % DAY for t in (inside, low - 1, low, high - 1, high, 0, 9 * 3600, 2 * 3600 + 1800)]


def case(place, instant, low, time, put):
    def walk(days, reach):
        rings = {place.resolve((day0 + day) * DAY + time) for day in days}
        found = sorted(ring for ring in rings if instant - reach < ring <= instant + reach)
        put(len(found))
        for ring in found:
            put(ring)

    day0 = low // DAY
    put(time)
    walk(range(-4, 5), REACH)
    walk(range(-7, 8, 7), WEEKS)
    for day in (day0 - 1, day0, day0 + 1):
        put(place.resolve(day * DAY + time))
        for due_day in (day + 3, day):
            due = place.resolve(due_day * DAY + time)
            put(due)
            put(place.resolve(place.wall(due) - 3 * DAY))


def main():
    root, shard, shards = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    groups = {}
    for name in sys.stdin.read().split():
        groups.setdefault(open(os.path.join(root, name), "rb").read(), []).append(name)
    numbers = array.array("q")
    put = numbers.append
    zones = []
    for names in sorted(groups.values())[shard::shards]:
        place = Place(names[0])
        changes = place.changes(table_instants(os.path.join(root, names[0])))
        zones.append({"names": names, "changes": len(changes)})
        for instant, before, after in changes:
            low, times = local_times(instant, before, after)
            put(instant), put(before), put(after), put(low // DAY)
            for time in times:
                case(place, instant, low, time, put)
    if sys.byteorder == "big":
        numbers.byteswap()
    sys.stdout.buffer.write(json.dumps(zones).encode() + b"\n")
    numbers.tofile(sys.stdout.buffer)


main()
