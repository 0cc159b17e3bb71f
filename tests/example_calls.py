"""The example calls of the agreement with Kennemerland, each with its why.

One table for every way to ask: the command, the API, the questions of the desk, and a person in a browser.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

KENTER = "kenter"
INGEEST = "ggz-ingeest"
VT = "veilig-thuis-kennemerland"
EMERGENCY = "meldkamer-112"

CONSULT_GGZ = (INGEEST, "consult", False)
MUST_CONSULT_GGZ = (INGEEST, "consult", True)
MUST_CONSULT_VT = (VT, "consult", True)
INFORM_KENTER = (KENTER, "inform", True)
POINT_TO_113 = ("113", "in_addition", False)


class Call(NamedTuple):
    """`typed` holds the answers at the desk, in the order in which a person gives them."""

    name: str
    at: str
    facts: Mapping[str, object]
    typed: Mapping[str, str]
    service: str | None
    also: tuple[tuple[str, str, bool], ...]
    why: str

    @property
    def moment(self) -> datetime:
        """Of an hour that occurs twice the first, as the command and the API take it."""
        return datetime.fromisoformat(self.at).replace(tzinfo=AMSTERDAM)


GIRL = {"category": "ggz", "municipality": "GM0392"}
GIRL_TYPED = {
    "narrative": "Meisje is psychotisch, hoort stemmen.",
    "danger": "no",
    "category": "ggz",
    "suicidal": "no",
    "weapon": "no",
    "municipality": "Haarlem",
    "provider": "none",
    "caller_kind": "gp",
}
BOY = {"category": "hgkm", "age": 16, "municipality": "Haarlem", "provider": "kenter"}
BOY_TYPED = {
    "narrative": "Jongen, bij Kenter voor ADHD: vader slaat moeder.",
    "callback_number": "023 0000102",
    "danger": "no",
    "category": "hgkm",
    "violence": "present",
    "municipality": "Haarlem",
    "age": "16",
    "provider": "kenter",
}
WOMAN = {"category": "ggz", "age": 19, "municipality": "GM0392", "suicidal": True}
WOMAN_TYPED = {"category": "ggz", "suicidal": "yes", "municipality": "Haarlem", "age": "19", "provider": "none"}
MAN = {"category": "somatic", "age": 82, "municipality": "Zandvoort"}
MAN_TYPED = {"category": "somatic", "municipality": "Zandvoort", "age": "82", "provider": "none"}

CALLS = (
    Call(
        "1",
        "2026-11-24T10:15",
        {**GIRL, "age": 15},
        {**GIRL_TYPED, "age": "15"},
        KENTER,
        (),
        "GGZ under 18 within Kenter's hours",
    ),
    Call(
        "2 at 17:00:00",
        "2026-11-24T17:00:00",
        {**GIRL, "age": 15},
        {**GIRL_TYPED, "age": "15"},
        INGEEST,
        (),
        "Kenter closes at 17:00 sharp",
    ),
    Call(
        "2 at 16:59:59",
        "2026-11-24T16:59:59",
        {**GIRL, "age": 15},
        {**GIRL_TYPED, "age": "15"},
        KENTER,
        (),
        "hours are half-open: Kenter's last second",
    ),
    Call(
        "2 on monday",
        "2026-11-23T08:10",
        {**GIRL, "age": 15},
        {**GIRL_TYPED, "age": "15"},
        INGEEST,
        (),
        "Kenter opens at 08:30, though the huisarts does at 08:00",
    ),
    Call(
        "3 at 17",
        "2026-11-24T14:00",
        {**GIRL, "born": "2008-11-25"},
        {**GIRL_TYPED, "born": "25-11-2008"},
        KENTER,
        (),
        "the day before the birthday: 17",
    ),
    Call(
        "3 at 18",
        "2026-11-25T09:00",
        {**GIRL, "born": "2008-11-25"},
        {**GIRL_TYPED, "born": "25-11-2008"},
        INGEEST,
        (),
        "18 today, on the Amsterdam date",
    ),
    Call(
        "4 at easter",
        "2027-03-29T11:00",
        {**GIRL, "age": 14},
        {**GIRL_TYPED, "age": "14"},
        INGEEST,
        (),
        "Easter Monday is a holiday at Kenter",
    ),
    Call(
        "4 on good friday",
        "2027-03-26T11:00",
        {**GIRL, "age": 14},
        {**GIRL_TYPED, "age": "14"},
        KENTER,
        (),
        "Good Friday is a working day",
    ),
    Call(
        "5",
        "2026-10-25T02:30",
        {"category": "hgkm", "age": 8, "municipality": "GM0392"},
        {
            "danger": "no",
            "category": "hgkm",
            "reason": "violence",
            "age": "8",
            "municipality": "Haarlem",
            "provider": "none",
            "caller_kind": "police",
        },
        VT,
        (CONSULT_GGZ,),
        "a child hit is HGKM, 24/7; the hour occurs twice",
    ),
    Call(
        "6",
        "2026-11-24T10:15",
        {**BOY, "related": False},
        {**BOY_TYPED, "related": "no"},
        VT,
        (CONSULT_GGZ, INFORM_KENTER),
        "the crisis is not about the treatment: VT leads, Kenter hears of it",
    ),
    Call(
        "6 related",
        "2026-11-24T10:15",
        {**BOY, "related": True},
        {**BOY_TYPED, "related": "yes"},
        KENTER,
        (CONSULT_GGZ,),
        "about the treatment: existing client first",
    ),
    Call(
        "7",
        "2026-11-28T21:00",
        {"category": "ggz", "age": 34, "municipality": "GM0392", "danger": True},
        {
            "narrative": "Moeder is psychotisch en heeft een mes, twee kinderen in huis.",
            "category": "ggz",
            "weapon": "yes",
            "children_present": "yes",
            "municipality": "Haarlem",
            "age": "34",
        },
        EMERGENCY,
        (MUST_CONSULT_VT, MUST_CONSULT_GGZ),
        "a knife and two children: 112 first, nothing else needs asking, consultation obligatory",
    ),
    Call(
        "8",
        "2026-11-24T10:15",
        {**GIRL, "age": 15, "provider": "kenter", "related": False, "dissatisfied": True},
        {
            "narrative": "Moeder belt voor de derde keer in vijf dagen en wil andere hulp.",
            "danger": "no",
            "category": "ggz",
            "municipality": "Haarlem",
            "age": "15",
            "provider": "kenter",
            "related": "no",
            "dissatisfied": "yes",
            "new_crisis": "no",
            "caller_kind": "parent",
        },
        None,
        (INFORM_KENTER,),
        "dissatisfaction is recorded and goes to Kenter's management; no new crisis",
    ),
    Call(
        "9",
        "2026-11-25T20:30",
        {"category": "hgkm", "age": 14, "municipality": "GM0392"},
        {
            "narrative": "Vader belt via de huisartsenpost: zoon luistert nergens meer naar, geen geweld.",
            "danger": "no",
            "reason": "parenting_breakdown",
            "municipality": "Haarlem",
            "age": "14",
            "provider": "none",
            "caller_kind": "gp_out_of_hours",
        },
        VT,
        (CONSULT_GGZ,),
        "pedagogische onmacht is HGKM, also without violence",
    ),
    Call(
        "10",
        "2026-11-26T03:00",
        WOMAN,
        {"danger": "no", **WOMAN_TYPED, "suicide_attempt": "no"},
        INGEEST,
        (POINT_TO_113,),
        "thoughts of suicide: GGZ by warm transfer, 113 in addition, never instead",
    ),
    Call(
        "10 pills",
        "2026-11-26T03:00",
        {**WOMAN, "danger": True},
        {**WOMAN_TYPED, "suicide_attempt": "done"},
        EMERGENCY,
        (MUST_CONSULT_VT, MUST_CONSULT_GGZ, POINT_TO_113),
        "pills taken: life in danger",
    ),
    Call(
        "11",
        "2026-11-24T20:00",
        {**MAN, "danger": True},
        {**MAN_TYPED, "vital_signs": "yes", "caller_kind": "subject"},
        EMERGENCY,
        (),
        "chest pain: life in danger",
    ),
    Call(
        "11 dizzy",
        "2026-11-24T20:00",
        MAN,
        {**MAN_TYPED, "danger": "no", "vital_signs": "no", "caller_kind": "subject"},
        "huisartsenpost",
        (),
        "only dizzy, in the evening: the GP hours are over",
    ),
)
BY_NAME = {call.name: call for call in CALLS}
