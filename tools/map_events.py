"""Map the reference facts to the codebook: adds codebook_family, codebook_status, codebook_detail and direction.

Run from the repository's root: ``python tools/map_events.py FACTS/events.csv data/raw/EVENTS.csv``. The families of the
facts are wider than the codebook's, so the rules below are narrow and everything they do not name stays empty: a fact
without a codebook family is context, not a miss. Cases that a rule gets wrong stand one by one in ``BY_HAND``.
"""

import re
import sys
from pathlib import Path

import pandas as pd

from analysis.actors import find, rank_at

NO_VISIT = {"ambassador", "appointment", "embassy_rotation", "embassy_visit", "leader_call", "invitation"}
RANKED = ("leader", "minister", "vice", "delegation")
SERVICES = {"in_force": "implemented", "in_progress": "implemented", "held": "implemented", "planned": "announced",
            "reported": "implemented", "signed": "signed"}
STAGES = {"signed": "signed", "ratified": "ratified", "in_force": "in_force", "terminated": "ended",
          "planned": "mooted", "submitted": "ratified"}
LEVELS = {"party_agreement": "party", "regional_agreement": "region", "education_agreement": "education",
          "media_agreement": "agency", "transport_link": "business", "culture_agreement": "agency",
          "digital_agreement": "agency", "health_agreement": "agency", "mfa_exchange_plan": "agency", "mou": "agency",
          "security_agreement": "agency", "sport_agreement": "agency"}
ACTS = (  # the first that the title shows
    ("sanction", r"\bsanctions? (?!(?:held|planned))(?:two|three|five|six|seven|broker|arms|Russian|DPRK|persons|entities|"
                 r"actor|bankers|ships)|freezes|blacklists|package lists|designates|proposes listing|\bto sanction\b"
                 r"|widens Russia sanctions|weighs further sanctions"),
    ("accuse", r"condemn|criticis|accuses|calls? .*(?:illegal|hostile act|reckless|de facto|grave threat|turning point)"
               r"|says gift|would breach|begging|desperation|violates?\b|summons|dangerous escalation|breaks resolutions"
               r"|serious threat|covertly|above the UN cap|arms for Wagner|derides|struck a bargain|risky|first report"),
    ("warn", r"\bwarns?\b|will pay a price|will reconsider"),
    ("request", r"\burges?\b|\bmust\b|calls? for|call to end|asks? for|vows to counter|should\b"),
    ("concern", r"concern|worries|undesirable|objects"),
    ("support", r"welcomes"),
    ("neutral", r"\bsays?\b|confirms|declines|calls? .*(?:matter between|own business)|sees\b|estimates|counts|puts\b|expects"
                r"|discuss|raises container|reports\b|for the two states|there is evidence|likely|biggest arms supplier"),
)
THIRD = {"USA", "KOR", "JPN", "UKR", "GBR", "EU", "NATO", "G7", "CHN", "UN", "AUS", "CAN", "AUT", "DEU", "FRA"}
# Media, think tanks and lawmakers are no reacting governments; the subject here is not cooperation between the two.
NO_REACTION = (
    r"CBS|New York Times|Washington Post|The Times|Financial Times|Reuters|OSC|JoongAng|NHK|BBC|lawmakers|UN monitors"
    r"|ICBM tests|double veto|emergency security meeting|captured|Panel of Experts|General Assembly debate|debates|discusses"
    r"|cyber|IT worker|IT workers|will have relations|offered help|closed talks|consultations|to improve soon"
    r"|normal relations with Russia|severs|steering committee|launch the|new way to monitor|Ukraine's defence minister due"
    r"|killed|casualties|dead and wounded|guard the border|no DPRK troops in combat|dies of wounds|died of wounds|Briefing paper"
)
BY_HAND: dict[str, tuple[str, str, str, str]] = {
    # teams, churches: delegations in the codebook's sense
    "2011-08-12-trinity-anniversary": ("visit", "held", "delegation", "RUS>PRK"),
    "2018-08-27-kirill-dprk-orthodox": ("visit", "held", "delegation", "PRK>RUS"),
    "2019-03-03-kirill-invitation": ("visit", "planned", "delegation", "RUS>PRK"),
    "2024-07-12-womens-football": ("visit", "held", "delegation", "PRK>RUS"),
    "2026-01-29-yarygin-cup": ("visit", "held", "delegation", "PRK>RUS"),
    # an accepted invitation is a planned visit; one to soldiers, or to occupied land, is not coded
    "2024-06-08-kurenkov-invited": ("visit", "planned", "minister", "RUS>PRK"),
    # nobody travels, or the traveller is not of the dyad
    "2023-07-31-russian-plane-pyongyang": ("", "", "", ""),
    "2024-07-23-ryzhenkov-pyongyang": ("", "", "", ""),
    "2024-10-29-kremlin-no-choe-meeting": ("", "", "", ""),
    "2025-07-09-peskov-no-leader-visits": ("", "", "", ""),
    "2025-09-03-kim-lukashenko-beijing": ("", "", "", ""),
    "2025-10-28-choe-son-hui-minsk": ("", "", "", ""),
    "2025-10-28-peskov-nothing-to-report": ("", "", "", ""),
    "2024-11-01-choe-until-victory": ("", "", "", ""),
    "2025-12-30-commission-2026-planned": ("visit", "planned", "minister", "RUS>PRK"),
    "2015-11-17-konovalov-pyongyang": ("visit", "held", "minister", "RUS>PRK"),
    "2024-04-education-minister-russia": ("visit", "held", "minister", "PRK>RUS"),
    "2025-03-17-health-delegation-russia": ("visit", "held", "delegation", "PRK>RUS"),
    "2023-09-16-kim-shoigu-vladivostok": ("visit", "held", "leader", "PRK>RUS"),
    "2022-09-05-sin-hong-chol-eef": ("", "", "", ""),
    # the place is where it was said, not where they go
    "2023-09-14-putin-accepts-invitation": ("visit", "planned", "leader", "RUS>PRK"),
    "2024-02-11-zhelokhovtsev-putin-visit": ("visit", "planned", "leader", "RUS>PRK"),
    "2023-09-17-kozhemyako-visit-planned": ("visit", "planned", "vice", "RUS>PRK"),
    "2024-02-13-dprk-delegation-duma": ("visit", "planned", "delegation", "PRK>RUS"),
    "2025-05-20-matsegora-delegations-planned": ("visit", "planned", "delegation", "RUS>PRK"),
    "2025-09-03-putin-invites-kim-moscow": ("visit", "planned", "leader", "PRK>RUS"),
    # agreements whose stage the facts' own status does not give
    "2024-07-22-prosecutors-agreement": ("agreement", "signed", "agency", ""),
    "2024-06-18-kremlin-announces-treaty": ("agreement", "mooted", "state", ""),
    "2019-03-06-commission-moscow": ("", "", "", ""),
    "2024-10-26-zakharova-ratification": ("agreement", "ratified", "state", ""),
    "2024-11-02-choe-lavrov-communique": ("", "", "", ""),
    "2025-05-21-rectors-forum": ("agreement", "signed", "education", ""),
    "2025-06-15-education-cooperation": ("agreement", "announced", "education", ""),
    "2025-10-31-health-ministers-agreement": ("agreement", "announced", "agency", ""),
    "2025-07-21-emergencies-draft": ("agreement", "mooted", "agency", ""),
    "2025-09-05-putin-bridge-2026": ("agreement", "implemented", "state", ""),
    "2025-10-09-ur-wpk-joint-statement": ("agreement", "signed", "party", ""),
    "2025-10-30-dprk-belarus-plan": ("", "", "", ""),
    "2025-11-27-commission-12th-moscow": ("visit", "held", "minister", "PRK>RUS"),
    "2024-05-13-kozhemyako-train-plan": ("agreement", "mooted", "region", ""),
    # reactions that the words of the title do not give
    "2022-11-02-ned-price-shells": ("reaction", "made", "warn", ""),
    "2024-06-20-blinken-cho-call": ("reaction", "made", "concern", ""),
    "2024-07-10-kishida-yoon-washington": ("reaction", "made", "concern", ""),
    "2023-12-12-nis-workers-to-russia": ("reaction", "made", "neutral", ""),
    "2024-05-02-white-house-petroleum": ("reaction", "made", "accuse", ""),
    "2022-05-27-us-sanctions-russian-banks": ("reaction", "made", "sanction", ""),
}


def map_events(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts with four columns more; empty where the codebook has no place for the fact."""
    mapped = [BY_HAND.get(f["event_id"]) or _by_rule(f) for f in facts.to_dict("records")]
    columns = ["codebook_family", "codebook_status", "codebook_detail", "direction"]
    return facts.join(pd.DataFrame(mapped, columns=columns, index=facts.index))


def _by_rule(fact: dict[str, str]) -> tuple[str, str, str, str]:
    actors = fact["actors"].split(";")
    if fact["family"] == "visit" and fact["subtype"] not in NO_VISIT:
        status = {"reported": "held"}.get(fact["status"], fact["status"])
        direction = _direction(fact, actors)
        return "visit", status, _rank(fact, direction), direction
    if fact["family"] == "agreement" and {"RUS", "PRK"} <= set(actors):
        return _agreement(fact)
    if fact["family"] == "agreement" and fact["subtype"] == "treaty_ratification_step":
        return _agreement(fact)
    if fact["family"] in ("reaction", "military") and actors[0] in THIRD and "un_" not in fact["subtype"]:
        return _reaction(fact)
    return "", "", "", ""


def _direction(fact: dict[str, str], actors: list[str]) -> str:
    leaves_home = "leaves" in fact["title"] or "leave for" in fact["title"]
    if fact["place_country"] == "PRK":
        return "PRK>RUS" if leaves_home and actors[0] == "PRK" else "RUS>PRK"
    return "PRK>RUS" if fact["place_country"] == "RUS" else "third"


def _rank(fact: dict[str, str], direction: str) -> str:
    title = fact["title"].lower()
    if fact["subtype"].startswith(("leader_summit", "leader_visit")):
        return "leader"
    if fact["subtype"] in ("foreign_minister_visit", "defence_minister_visit", "security_council_visit", "minister_meeting"):
        return "minister"
    sender = direction[:3]
    ranks = [
        rank_at(span.actor_id, fact["date_start"])
        for name in fact["persons"].split(";")
        for span in find(name, language="en")
        if span.country == sender
    ]
    known = min((RANKED.index(r) for r in ranks if r), default=None)
    if known is not None:
        return RANKED[known]
    if re.search(r"deputy|vice|governor|envoy|head of", title):
        return "vice"
    return "minister" if "minister" in title else "delegation"


def _agreement(fact: dict[str, str]) -> tuple[str, str, str, str]:
    kind, status = fact["subtype"], fact["status"]
    if kind in ("recognition", "statement", "joint_statement", "treaty_statement") and status != "signed":
        return "", "", "", ""
    if kind == "transport_link":
        stage, level = SERVICES[status], "state" if "bridge" in fact["event_id"] else "business"
    elif kind == "treaty_ratification_step":
        stage, level = "ratified", "state"
    else:
        stage, level = STAGES.get(status, ""), LEVELS.get(kind, "state")
    return ("agreement", stage, level, "") if stage else ("", "", "", "")


def _reaction(fact: dict[str, str]) -> tuple[str, str, str, str]:
    title = fact["title"]
    if re.search(NO_REACTION, title) or fact["status"] not in ("held", "reported", "planned"):
        return "", "", "", ""
    act = next((a for a, pattern in ACTS if re.search(pattern, title)), "")
    if fact["subtype"] == "sanctions":
        act = "sanction"
    if fact["family"] == "military" and act not in ("accuse", "neutral"):
        act = "neutral" if fact["status"] == "reported" else ""
    status = "planned" if fact["status"] == "planned" or "weighs" in title else "made"
    return ("reaction", status, act, "") if act else ("", "", "", "")


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    table = pd.read_csv(source, dtype=str, keep_default_na=False)
    map_events(table).to_csv(target, index=False, lineterminator="\n")
