"""`deadline` as somebody at a terminal meets it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from dossiers.core import NORMS, parse_duration

ANSWERS = [
    # norm, start, suspended, due, because, why
    (
        "5 working days",
        "2026-11-23",
        [],
        "2026-11-30",
        "t/m maandag 30 november 2026: 5 werkdagen na maandag 23 november 2026; 2 weekenddagen overgeslagen",
        "a weekend",
    ),
    (
        "10 weken",
        "2027-02-16",
        [],
        "2027-04-28",
        "t/m woensdag 28 april 2027: 10 weken na dinsdag 16 februari 2027;"
        " verschoven, want Koningsdag (di 27 april) is geen werkdag",
        "a holiday by its name",
    ),
    (
        "1 week",
        "2027-03-19",
        [],
        "2027-03-30",
        "t/m dinsdag 30 maart 2027: 1 week na vrijdag 19 maart 2027; verschoven, want Goede Vrijdag (vr 26 maart),"
        " zaterdag 27 maart, zondag 28 maart en tweede paasdag (ma 29 maart) zijn geen werkdagen",
        "every day that it passed",
    ),
    (
        "3 dagen",
        "2026-12-24",
        [],
        "2026-12-29",
        "t/m dinsdag 29 december 2026: 3 dagen na donderdag 24 december 2026; verschoven, want zondag 27 december is"
        " geen werkdag; verlengd, want t/m maandag 28 december 2026 had de termijn geen twee werkdagen",
        "moved, and then two working days",
    ),
    (
        "3 months",
        "2027-11-30",
        [],
        "2028-02-29",
        "t/m dinsdag 29 februari 2028: 3 maanden na dinsdag 30 november 2027;"
        " die maand heeft geen dag 30, dus de laatste dag",
        "no 30 February",
    ),
    (
        "THV",
        "2026-11-18",
        [],
        "2026-11-28",
        "t/m zaterdag 28 november 2026: 10 dagen na woensdag 18 november 2026;"
        " zaterdag 28 november is geen werkdag, maar het einde van een maatregel verschuift niet",
        "the end of a measure",
    ),
    (
        "supported-plan",
        "2026-11-23",
        ["2026-12-01/2026-12-15", "2026-12-08/2026-12-16"],
        "2027-01-19",
        "t/m dinsdag 19 januari 2027: 6 weken na maandag 23 november 2026; 15 dagen opgeschort",
        "two suspensions that overlap",
    ),
    (
        "1 werkdag",
        "2026-11-23",
        ["2026-12-01/2026-12-15"],
        "2026-11-24",
        "t/m dinsdag 24 november 2026: 1 werkdag na maandag 23 november 2026; de opschorting valt buiten de termijn",
        "a suspension that came too late",
    ),
    (
        "160 working days",
        "2026-12-01",
        [],
        "2027-07-23",
        "t/m vrijdag 23 juli 2027: 160 werkdagen na dinsdag 1 december 2026;"
        " 9 feestdagen en 65 weekenddagen overgeslagen",
        "so many holidays are counted",
    ),
    (
        "icd-intervention",
        "2026-11-23T10:15:30",
        ["2026-11-24/2026-11-25", "2026-11-25T08:00/2026-11-25T09:01:01"],
        "2026-11-27T11:16:31+01:00",
        "tot vrijdag 27 november 2026 11:16:31: 72 uur na maandag 23 november 2026 10:15:30;"
        " 25 uur, 1 minuut en 1 seconde opgeschort",
        "a date is its midnight",
    ),
    (
        "24 uur",
        "2026-03-28T12:00",
        ["2026-04-01/2026-04-02"],
        "2026-03-29T13:00:00+02:00",
        "tot zondag 29 maart 2026 13:00: 24 uur na zaterdag 28 maart 2026 12:00;"
        " de klok gaat op zondag 29 maart een uur vooruit; de opschorting valt buiten de termijn",
        "the night that misses an hour",
    ),
    (
        "72 h",
        "2026-10-25T02:30",
        [],
        "2026-10-28T01:30:00+01:00",
        "tot woensdag 28 oktober 2026 01:30: 72 uur na zondag 25 oktober 2026 02:30 (zomertijd);"
        " de klok gaat op zondag 25 oktober een uur terug. 02:30 komt op 25-10-2026 twee keer voor."
        " Dit antwoord gaat over de eerste keer (zomertijd).",
        "the night that has an hour twice",
    ),
    (
        "1 h",
        "2026-10-25T02:30+02:00",
        [],
        "2026-10-25T02:30:00+01:00",
        "tot zondag 25 oktober 2026 02:30 (wintertijd): 1 uur na zondag 25 oktober 2026 02:30 (zomertijd);"
        " de klok gaat op zondag 25 oktober een uur terug",
        "with an offset there is no doubt, and both ends say which they are",
    ),
]
WRONG = [
    # arguments, what is named, why
    ([], "--norm: Geef een norm", "nothing at all"),
    (["--norm", "", "--start", "2026-11-23"], "--norm: Geef een norm", "an empty norm"),
    (["--norm", "5 days"], "--start: Geef een datum", "no start"),
    (["--norm", "5 days", "--start", " "], "--start: Geef een datum", "an empty start"),
    (["--norm", "-5 days", "--start", "2026-11-23"], "minstens 1", "below zero"),
    (["--norm", "0 weken", "--start", "2026-11-23"], "minstens 1", "zero"),
    (["--norm", "999999999 weeks", "--start", "2026-11-23"], "2037", "a huge number"),
    (["--norm", "9" * 5000 + " h", "--start", "2026-11-23T10:00"], "2037", "more digits than Python reads"),
    (["--norm", "999999 weeks", "--start", "2026-11-23"], "2037", "beyond the calendar"),
    (["--norm", "999999 months", "--start", "2026-11-23"], "2037", "beyond the calendar"),
    (["--norm", "999999 h", "--start", "2026-11-23T10:00"], "2037", "beyond the calendar"),
    (["--norm", "30 maanden", "--start", "2035-12-31"], "2037", "just beyond the calendar"),
    (["--norm", "5 fortnights", "--start", "2026-11-23"], "De eenheid in «5 fortnights»", "an unknown unit"),
    (["--norm", "1,5 weken", "--start", "2026-11-23"], "«1,5 weken» is geen norm", "a fraction"),
    (["--norm", "thw", "--start", "2026-11-23"], "«thw» is geen norm", "no norm of that name"),
    (["--norm", "5\x00days", "--start", "2026-11-23"], "--norm: Hierin staan tekens", "a null character"),
    (["--norm", "5 days", "--start", "2019-12-31"], "2020 tot en met 2035", "before the answers"),
    (["--norm", "5 days", "--start", "2036-01-01"], "2020 tot en met 2035", "after the answers"),
    (["--norm", "5 h", "--start", "0001-01-01T00:00"], "--start", "the first moment Python knows"),
    (["--norm", "5 h", "--start", "9999-12-31T23:59"], "2020 tot en met 2035", "the last"),
    (["--norm", "5 days", "--start", "2026-02-30"], "«2026-02-30» is geen datum", "no such day"),
    (["--norm", "5 days", "--start", "morgen"], "«morgen» is geen datum", "in words"),
    (["--norm", "5 days", "--start", "2026-11-23T10:00"], "zonder tijd", "an instant where a date is needed"),
    (["--norm", "72 h", "--start", "2026-11-23"], "geef ook de tijd", "a date where an instant is needed"),
    (["--norm", "72 h", "--start", "2026-11-23T25:00"], "geen datum met tijd", "no such time"),
    (["--norm", "72 h", "--start", "2026-03-29T02:30"], "02:30 bestaat niet", "the hour skipped in spring"),
    (["--norm", "5 days", "--start", "x", "--suspended", "y"], "--suspended: «y»", "each mistake, not only the first"),
]

WRONG_PERIODS = [
    # suspended, what is named, why
    ("2026-12-01", "geen periode", "one date"),
    ("", "geen periode", "an empty period"),
    ("2026-12-01/2026-12-02/2026-12-03", "geen periode", "three dates"),
    ("2026-12-01/", "--suspended: Geef", "no end"),
    ("2026-12-02/2026-12-01", "na haar begin", "backwards"),
    ("2026-12-01/2026-12-01", "na haar begin", "half-open: no day at all"),
    ("2026-12-01/2099-01-01", "2035", "too far"),
    ("2026-12-01T10:00/2026-12-02", "zonder tijd", "an hour in a term of days"),
]


def run(*arguments: str) -> object:
    out = StringIO()
    call_command("deadline", *arguments, stdout=out)
    return json.loads(out.getvalue())


def refusal(*arguments: str) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("deadline", *arguments, stderr=err)
    assert ended.value.code == 1
    return err.getvalue()


@pytest.mark.parametrize(("norm", "start", "suspended", "due", "because", "why"), ANSWERS)
def test_it_says_when_and_why(norm, start, suspended, due, because, why):
    periods = [word for period in suspended for word in ("--suspended", period)]
    assert run("--norm", norm, "--start", start, *periods) == {"due": due, "because": because}, why


@pytest.mark.parametrize(("arguments", "named", "why"), WRONG)
def test_it_says_what_is_wrong(arguments, named, why):
    assert named in refusal(*arguments), why


@pytest.mark.parametrize(("period", "named", "why"), WRONG_PERIODS)
def test_it_says_what_is_wrong_with_a_suspension(period, named, why):
    assert named in refusal("--norm", "5 days", "--start", "2026-11-23", "--suspended", period), why


def test_a_suspension_in_the_hour_that_occurs_twice():
    """From 02:45 summer time until 02:15 winter time, half an hour later."""
    period = "2026-10-25T02:45+02:00/2026-10-25T02:15+01:00"
    found = run("--norm", "24 h", "--start", "2026-10-24T12:00", "--suspended", period)
    assert found["due"] == "2026-10-25T11:30:00+01:00"


def test_the_list_names_every_norm():
    listed = run("--list")
    assert [each["norm"] for each in listed] == list(NORMS)
    for each in listed:
        assert parse_duration(each["duration"]) == NORMS[each["norm"]].duration
    first = "5 werkdagen na de kennisgeving van de maatregel: jeugdbeschermer gekoppeld (afspraak)"
    assert listed[0]["text"] == first
