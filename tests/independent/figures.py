#!/usr/bin/env python3
"""The figures of the contrat de ville, computed again from the exported events, with nothing of the product: no table, no query, no
library. Says where it differs from what the console answered.

    palier-server events --data DIR > events.jsonl
    figures.py events.jsonl expected.json     expected: {"from", "to", "france_services": [...], "areas": [{"code", "groups"}]}

An area without a code is what is outside of every QPV; "*" is everywhere. Histories are taken to be legal: a referral stands where its last
event left it (the order of states is the product's own subject and has its own tests).
"""

import datetime
import json
import sys
from collections import Counter, defaultdict

DAY = 86_400_000
OPENED = {"opened_brief", "opened_full"}
UNTRIED = {"cleared", "not_dwelling", "wrong_address"}
STATE_AFTER = {"declined": "declined_by_person", "refused": "refused_by_partner", "abandoned": "abandoned_by_person"}
NOT_HANDED = {"draft", "proposed", "declined_by_person", "agreed"}
ENDS = {"closed_success", "closed_without_result", "reoriented"}
DECIDED = ("held", "in_progress", "claimable", "not_claimable")


def last_sunday(year, month):
    day = datetime.date(year, month, 31)
    return day - datetime.timedelta(days=(day.weekday() + 1) % 7)


def paris_midnight(day):
    """UTC milliseconds of the first instant of a day in Paris: the hour changes at 01:00 UTC, so never at a midnight there."""
    summer = last_sunday(day.year, 3) < day <= last_sunday(day.year, 10)
    utc = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
    return int(utc.timestamp() * 1000) - (2 if summer else 1) * 3_600_000


class Territory:
    def __init__(self, lines):
        self.of = defaultdict(dict)
        for line in lines:
            record = json.loads(line)
            if not (record["fields"].get("cancelled") or record["fields"].get("withdrawn")):
                self.of[record["type"]][record["id"]] = (record["sector"], record["fields"])
        self.holder = {}
        for _, fields in self.of["alias"].values():
            if fields["same"]:
                self.holder[self.one(fields["one"])] = self.one(fields["other"])
        self.qpv = {id: fields["qpv"] or "" for id, (_, fields) in self.of["sector"].items()}

    def one(self, file):
        """The file that stands for all those that are one household."""
        while file in self.holder:
            file = self.holder[file]
        return file

    def area(self, sector):
        return self.qpv.get(sector, "")

    def all(self, kind, inside):
        return [(id, f) for id, (sector, f) in self.of[kind].items() if inside(self.area(sector))]


def median(values):
    values = sorted(values)
    return values[(len(values) - 1) // 2] if values else None


def compute(territory, code, start, end, france_services):
    inside = (lambda area: True) if code == "*" else (lambda area: area == code)
    within = lambda at: at is not None and start <= at < end
    figures, tables = {}, {}
    doors(territory, inside, within, figures, tables)
    met(territory, inside, within, figures, tables)
    outdoors(territory, inside, within, figures, tables)
    rights(territory, inside, within, figures, tables)
    referrals(territory, inside, within, figures, tables, france_services)
    trust(territory, inside, start, end, figures)
    return figures, tables


def doors(territory, inside, within, figures, tables):
    here = {id for id, _ in territory.all("door", inside)}
    visits = [f for _, (_, f) in territory.of["visit"].items() if within(f["at"]) and f["door"] in here]
    visits = [f for f in visits if f["outcome"] and f["outcome"] not in UNTRIED]
    tried, opened = {f["door"] for f in visits}, {f["door"] for f in visits if f["outcome"] in OPENED}
    figures["doors_tried"] = (len(tried), len(here), None)
    figures["doors_opened"] = (len(opened), len(tried), None)
    figures["visits"] = (len(visits), None, None)
    tables["outcomes"] = Counter(f["outcome"] for f in visits)


def met(territory, inside, within, figures, tables):
    files = defaultdict(list)
    for id, f in territory.all("household", inside):
        if within(f["opened_at"]):
            files[territory.one(id)].append(f)
    asked = [of for of in files.values() if any(f["known_by"] for f in of)]
    none = [of for of in asked if any(f["known_by"] == ["none"] for f in of)]
    slips = {f["slip"] for _, f in territory.all("diagnosis", inside) if not f["household"] and f["slip"] and within(f["started_at"])}
    slips |= {f["slip"] for _, f in territory.all("referral", inside) if not f["household"] and f["slip"] and within(f["opened_at"])}
    slips |= {f["slip"] for _, f in territory.all("trust", inside) if within(f["at"])}
    figures["households"] = (len(files), None, None)
    figures["slips"] = (len(slips), None, None)
    figures["known_by_none"] = (len(none), len(asked), len(files) - len(asked))
    tables["needs"] = Counter(need for of in files.values() for need in {need for f in of for need in f["needs"]})
    tables["last_contact"] = Counter(last for of in files.values() for last in {f["last_contact"] for f in of} if last)


def outdoors(territory, inside, within, figures, tables):
    done = {id: f for id, f in territory.all("action", inside) if f["status"] == "done" and within(f["started_at"])}
    bands, heard = Counter(), Counter()
    for _, (_, f) in territory.of["tally"].items():
        if f["action"] in done and f["count"] > 0:
            parts = f["code"].split(":")
            if parts[0] == "age":
                bands[parts[1]] += f["count"]
            elif parts[0] == "need":
                heard[parts[1]] += f["count"]
    people, unknown = sum(bands.values()), bands["nc"]
    figures["actions_done"] = (len(done), None, None)
    figures["counted"] = (people, None, None)
    figures["seniors"] = (bands["60_69"] + bands["over_70"], people - unknown, unknown)
    tables["action_kinds"] = Counter(f["kind"] for f in done.values())
    tables["bands"], tables["heard"] = +bands, heard


def rights(territory, inside, within, figures, tables):
    diagnoses = dict(territory.all("diagnosis", inside))
    latest = {}
    for id, f in diagnoses.items():
        who = territory.one(f["household"]) if f["household"] else f["slip"] or ""
        if within(f["closed_at"]) and (who not in latest or f["closed_at"] > diagnoses[latest[who]]["closed_at"]):
            latest[who] = id
    items = defaultdict(list)
    for _, (_, f) in territory.of["right_item"].items():
        items[f["diagnosis"], f["right"]].append(f)
    statuses, claimable, types, motives = Counter(), Counter(), Counter(), Counter()
    for id in latest.values():
        for right, told in json.loads(diagnoses[id]["statuses"] or "{}").items():
            statuses[told["status"]] += 1
            if told["status"] == "claimable":
                claimable[right] += 1
                for item in items[id, right]:
                    types[item["non_take_up"]] += 1
                    motives[item["motive"]] += 1
    assessed = sum(statuses[code] for code in DECIDED)
    figures["diagnosed"] = (len(latest), None, None)
    for figure, code in (("non_take_up", "claimable"), ("not_claimable", "not_claimable"), ("held", "held")):
        figures[figure] = (statuses[code], assessed, statuses["to_check"])
    tables["claimable"] = claimable
    tables["non_take_up_types"] = Counter({code: n for code, n in types.items() if code})
    tables["motives"] = Counter({code: n for code, n in motives.items() if code})
    followed = [f for _, (_, f) in territory.of["right_item"].items() if f["follow_up"] and within(f["follow_up_at"]) and f["diagnosis"] in diagnoses]
    became = Counter(f["follow_up"] for f in followed)
    spans = [max(0, f["follow_up_at"] - diagnoses[f["diagnosis"]]["started_at"]) // DAY for f in followed if f["follow_up"] == "granted"]
    figures["rights_granted"] = (became["granted"], None, None)
    figures["granted_days"] = (median(spans), None, None)
    figures["rights_asked"] = (became["asked"], None, None)
    figures["rights_refused"] = (became["refused"], None, None)


def referrals(territory, inside, within, figures, tables, france_services):
    known = dict(territory.all("referral", inside))
    made = {id: f for id, f in known.items() if within(f["opened_at"])}
    events = defaultdict(list)
    for id, (_, f) in territory.of["referral_event"].items():
        if f["referral"] in known:
            events[f["referral"]].append((f["at"], id, f))
    states, sources, spans = Counter(), Counter(), []
    for id, f in made.items():
        ordered = [event for _, _, event in sorted(events[id], key=lambda one: one[:2])]
        what = ordered[-1]["what"] if ordered else "draft"
        states[STATE_AFTER.get(what, what)] += 1
        ends = [event for event in ordered if event["what"] in ENDS]
        sources.update({event["source"] or "" for event in ends})
        if ends:
            spans.append(max(0, ends[0]["at"] - f["opened_at"]) // DAY)
    happened = [(id, event) for id in known for at, _, event in events[id] if within(at)]
    who = lambda referral: territory.one(referral["household"]) if referral["household"] else referral["slip"]
    newcomers = {who(known[id]) for id, event in happened if event["first_time"] == "yes"}
    enrolled = {id for id, event in happened if event["result"] == "enrolled" and event["first_time"] == "yes"}
    came = {id for id, event in happened if event["what"] == "attended"}
    first = {id for id, event in happened if event["what"] == "attended" and event["first_time"] == "yes"}
    handed = len(made) - sum(states[state] for state in NOT_HANDED)
    figures["referrals_made"] = (len(made), None, None)
    figures["referrals_closed"] = (len(spans), handed, None)
    figures["closed_days"] = (median(spans), None, None)
    figures["newcomers"] = (len(newcomers), None, None)
    figures["enrolled_first"] = (len(enrolled), None, None)
    figures["france_services_first"] = (sum(known[id]["service"] in france_services for id in first), None, None)
    tables["referral_states"] = states
    tables["referral_needs"] = Counter(f["need"] for f in made.values() if f["need"])
    tables["attended"] = Counter(known[id]["service"] for id in came)
    tables["sources"] = sources


def trust(territory, inside, start, end, figures):
    asked = {f["slip"] for _, (_, f) in territory.of["trust"].items() if start <= f["at"] < end}
    answers = defaultdict(list)
    for _, f in territory.all("trust", inside):
        if f["at"] < end and f["slip"] in asked:
            answers[f["object"], f["slip"]].append((f["at"], f["level"]))
    for about in {about for about, _ in answers}:
        pairs, alone = [], 0
        for (of, _), said in answers.items():
            if of == about:
                said.sort()
                if len(said) > 1:
                    pairs.append(said[-1][1] - said[0][1])
                else:
                    alone += 1
        figures["trust_gained", about] = (sum(moved > 0 for moved in pairs), len(pairs), alone)
        figures["trust_lost", about] = (sum(moved < 0 for moved in pairs), len(pairs), alone)


def differences(area, figures, tables):
    """What the console said otherwise, and how many numbers were compared."""
    found, compared, seen = [], 0, set()
    for group in area["groups"]:
        for one in group["figures"]:
            key = (one["code"], one["about"]) if one["about"] else one["code"]
            said = (one["count"], one["of"], one["aside"])
            seen.add(key)
            compared += 1
            if figures.get(key) != said:
                found.append(f"{area['code'] or 'outside'} {key}: computed {figures.get(key)}, the console says {said}")
        for table in group["tables"]:
            said = {line["code"]: line["count"] for line in table["lines"]}
            compared += max(1, len(said))
            if dict(tables[table["code"]]) != said:
                found.append(f"{area['code'] or 'outside'} {table['code']}: computed {dict(tables[table['code']])}, the console says {said}")
    found += [f"{area['code'] or 'outside'} {key}: the console does not say it" for key in figures if key not in seen]
    return found, compared


def main(events, expected):
    with open(events, encoding="utf-8") as lines:
        territory = Territory(lines)
    with open(expected, encoding="utf-8") as text:
        said = json.load(text)
    start = paris_midnight(datetime.date.fromisoformat(said["from"]))
    end = paris_midnight(datetime.date.fromisoformat(said["to"]) + datetime.timedelta(days=1))
    found, compared = [], 0
    for area in said["areas"]:
        of_area, count = differences(area, *compute(territory, area["code"], start, end, set(said["france_services"])))
        found, compared = found + of_area, compared + count
    for line in found:
        print(line)
    print(f"{compared} numbers compared, {len(found)} differ")
    return 1 if found or not compared else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
