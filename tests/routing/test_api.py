"""The routing API: handovers, cases and the directory; and mistakes as problem details."""

import json
from base64 import b64encode

import pytest

from accounts.models import AccessLogEntry

pytestmark = pytest.mark.usefixtures("tuesday_morning")

WRONG_LOOKUPS = [
    # query, field, why
    ({"age": "-1"}, "age", "nobody is minus one"),
    ({"age": "130"}, "age", "above 120"),
    ({"age": "zeventien"}, "age", "in figures"),
    ({"age": "15", "born": "2010-01-01"}, "born", "age or birth date"),
    ({"born": "2030-01-01"}, "born", "born after the moment"),
    ({"born": "25-11-2008"}, "born", "not an ISO date"),
    ({"municipality": "Amsterdm"}, "municipality", "unknown municipality"),
    ({"category": "brand"}, "category", "unknown category"),
    ({"provider": "kentr"}, "provider", "unknown provider"),
    ({"provider": "huisarts"}, "provider", "has no own clients"),
    ({"related": "true"}, "related", "related to what?"),
    ({"new_crisis": "true"}, "new_crisis", "only beside dissatisfaction"),
    ({"danger": "misschien"}, "danger", "yes or no"),
    ({"at": "2026-03-29T02:30"}, "at", "an hour that does not exist"),
    ({"at": "2019-12-31T23:59"}, "at", "before 2020"),
    ({"at": "2036-01-01T00:00"}, "at", "after 2035"),
    ({"at": "gisteren"}, "at", "no moment"),
    ({"region": "atlantis"}, "region", "unknown region"),
    ({"colour": "red"}, "colour", "unknown parameter"),
    ({"municipality": "Haar\x00lem"}, "municipality", "a character no name has"),
]


@pytest.mark.parametrize(("query", "field", "why"), WRONG_LOOKUPS)
def test_a_wrong_lookup_names_the_field(kennemerland, client, bearer, query, field, why):
    response = client.get("/api/v1/lookup/", query, headers=bearer("police"))
    assert response.status_code == 400, why
    assert response["Content-Type"].startswith("application/problem+json")
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_every_mistake_is_told_at_once(kennemerland, client, bearer):
    query = {"age": "130", "municipality": "Harlem", "category": "gz"}
    errors = client.get("/api/v1/lookup/", query, headers=bearer("police")).json()["errors"]
    assert {error["field"] for error in errors} == {"age", "municipality", "category"}
    assert "Haarlem" in str(errors)


def test_a_value_given_twice_is_not_guessed(kennemerland, client, bearer):
    response = client.get("/api/v1/lookup/?age=15&age=16", headers=bearer("police"))
    assert response.status_code == 400


def test_impossible_facts_say_why(kennemerland, client, bearer):
    query = {"category": "youth_act", "age": "30", "municipality": "GM0392"}
    response = client.get("/api/v1/lookup/", query, headers=bearer("police"))
    assert response.status_code == 400
    assert "23e verjaardag" in response.content.decode()


def test_what_is_unknown_is_asked(kennemerland, client, bearer):
    answer = client.get("/api/v1/lookup/", {"category": "youth_act"}, headers=bearer("police")).json()
    assert answer["undetermined"] is True
    assert answer["ask"]
    assert set(answer["possible"]) == {"icd-kennemerland", "icd-nhn"}


def test_a_zone_whose_plus_became_a_space_is_understood(kennemerland, client, bearer):
    url = "/api/v1/lookup/?category=ggz&age=15&municipality=GM0392&at=2026-11-24T10:15+01:00"
    answer = client.get(url, headers=bearer("police")).json()
    assert (answer["at"], answer["service"]) == ("2026-11-24T10:15:00+01:00", "kenter")


def test_a_lookup_without_token_is_refused(kennemerland, client):
    assert client.get("/api/v1/lookup/").status_code == 401


# --- Handovers -----------------------------------------------------------------------------------


def _post(client, headers, url, body=None):
    return client.post(url, json.dumps(body or {}), content_type="application/json", headers=headers)


def test_accepting(client, bearer, wilma, karin, routed):
    handover = routed(wilma)
    url = f"/api/v1/handovers/{handover.pk}/accept/"
    assert _post(client, bearer("kenter"), url).json()["state"] == "accepted"
    assert _post(client, bearer("kenter"), url).status_code == 409


def test_declining_shows_the_next(client, bearer, wilma, routed):
    url = f"/api/v1/handovers/{routed(wilma).pk}/decline/"
    body = _post(client, bearer("kenter"), url, {"reason": "capacity"}).json()
    assert (body["declined"]["state"], body["next"]["organisation"]) == ("declined", "ggz-ingeest")


def test_malformed_json(client, bearer, wilma, routed):
    url = f"/api/v1/handovers/{routed(wilma).pk}/decline/"
    response = client.post(url, "{reason:", content_type="application/json", headers=bearer("kenter"))
    assert response.status_code == 400


@pytest.mark.parametrize(("username", "status"), [("vt", 404), ("police", 404), ("worker", 403)])
def test_who_was_not_asked_cannot_accept(client, bearer, wilma, routed, username, status):
    url = f"/api/v1/handovers/{routed(wilma).pk}/accept/"
    assert _post(client, bearer(username), url).status_code == status


# --- Lists ------------------------------------------------------------------------------------------


def test_cases_are_those_one_may_see(client, bearer, wilma, routed):
    case = routed(wilma).case
    listed = client.get("/api/v1/cases/", headers=bearer("kenter")).json()["results"]
    assert [(each["id"], each["lead"]) for each in listed] == [(case.pk, "icd-kennemerland")]
    assert client.get("/api/v1/cases/", headers=bearer("vt")).json()["results"] == []


def test_listing_cases_is_logged_per_case(client, bearer, wilma, routed):
    case = routed(wilma).case
    client.get("/api/v1/cases/", headers=bearer("worker"))
    listed = AccessLogEntry.objects.get(event="case.listed")
    assert (listed.user.username, listed.subject, listed.action) == ("worker", str(case.pk), "R")


def test_services_as_hsds(kennemerland, client, bearer):
    listed = client.get("/api/v1/services/", {"region": "kennemerland"}, headers=bearer("police")).json()["results"]
    kenter = next(each for each in listed if each["id"] == "kenter")
    assert (kenter["minimum_age"], kenter["maximum_age"], kenter["organization"]["id"]) == (0, 17, "kenter")
    assert kenter["phones"][0]["assured_date"]
    assert kenter["schedules"][0] == {"byday": "MO", "opens_at": "08:30", "closes_at": "17:00"}


@pytest.mark.parametrize("region", ["atlantis", "a\x00b"])
def test_services_of_an_unknown_region(kennemerland, client, bearer, region):
    response = client.get("/api/v1/services/", {"region": region}, headers=bearer("police"))
    assert response.status_code == 400


@pytest.mark.parametrize("position", ["abc", "\x00", "9" * 5000])
@pytest.mark.parametrize("listed", ["cases", "services"])
def test_a_made_up_cursor_is_no_server_error(client, kennemerland, bearer, listed, position):
    cursor = b64encode(f"p={position}".encode()).decode()
    response = client.get(f"/api/v1/{listed}/", {"cursor": cursor}, headers=bearer("worker"))
    assert response.status_code in (200, 404)


def test_format_is_a_parameter_like_any_other_that_does_not_exist(client, kennemerland, bearer):
    response = client.get("/api/v1/lookup/", {"format": "xml"}, headers=bearer("worker"))
    assert response.json()["errors"][0]["field"] == "format"
