"""The pages of the agreement: read, edit with the effect in sight, compare, try and publish."""

import pytest
from django.utils import timezone

from routing.models import RuleSet

from .conftest import NIGHT_RULE

GAP = "ggz, 0-17 jaar"


@pytest.fixture
def night_rule(draft_with_gap):
    """The removed rule, as somebody types it again."""
    return {
        "slug": "ggz-nacht",
        "tier": "agreement",
        "category": ["ggz"],
        "to": "ggz-ingeest",
        "after": ["kenter"],
        "because": "Buiten de uren van Kenter helpt GGZ inGeest ook kinderen.",
        "seen": draft_with_gap.digest,
        "original": "",
    }


def test_the_versions_are_listed_with_what_held_on_a_day(gerda, draft):
    page = gerda.get("/afspraken/?op=2026-03-14").content.decode()
    assert "kennemerland-2027" in page
    assert "Geldt nu" in page
    assert f'/dekking/?op=2026-03-14">{draft.based_on.version}' in page


def test_a_reader_sees_what_is_agreed_and_no_draft(as_user, draft, published):
    karin = as_user("kenter")
    assert karin.get(f"/afspraken/{draft.pk}/").status_code == 404
    page = karin.get(f"/afspraken/{published.pk}/").content.decode()
    assert "Huiselijk geweld of kindermishandeling" in page
    assert "Regel erbij" not in page


def test_a_draft_needs_a_name_that_is_free(gerda, draft, published):
    taken = gerda.post("/afspraken/nieuw/", {"based_on": published.pk, "version": draft.version})
    assert taken.status_code == 422
    assert "bestaat al" in taken.content.decode()


def test_the_table_reads_as_sentences_by_tier(gerda, published):
    page = gerda.get(f"/afspraken/{published.pk}/").content.decode()
    for words in ("GGZ, 0-17 jaar", "Kenter crisisdienst", "als Kenter crisisdienst dicht is of niet kan", "Verplicht"):
        assert words in page


def test_removing_the_night_rule_is_told_beforehand_and_seen_afterwards(gerda, draft):
    before = gerda.get(f"/afspraken/{draft.pk}/regels/{NIGHT_RULE}/").content.decode()
    assert "Zonder deze regel:" in before
    assert GAP in before
    gerda.post(f"/afspraken/{draft.pk}/regels/{NIGHT_RULE}/verwijderen/", {"seen": draft.digest})
    assert GAP in gerda.get(f"/afspraken/{draft.pk}/").content.decode()


def test_the_effect_of_what_is_typed_is_told_without_saving(gerda, draft_with_gap, night_rule):
    effect = gerda.post(f"/afspraken/{draft_with_gap.pk}/gevolg/", night_rule).content.decode()
    assert "Dit is dan opgelost" in effect
    assert "Sluitend" in effect
    draft_with_gap.refresh_from_db()
    assert draft_with_gap.digest == night_rule["seen"]


def test_a_contradiction_is_told_while_typing(gerda, draft_with_gap, night_rule):
    del night_rule["after"]
    effect = gerda.post(f"/afspraken/{draft_with_gap.pk}/gevolg/", night_rule).content.decode()
    assert "Tegenspraak" in effect
    assert "ggz-jeugd, ggz-nacht" in effect


def test_half_a_rule_has_no_effect_yet(gerda, draft, night_rule):
    effect = gerda.post(f"/afspraken/{draft.pk}/gevolg/", night_rule | {"to": ""}).content.decode()
    assert "Vul de regel verder in" in effect


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"because": ""}, "Schrijf de zin uit de afspraak op."),
        ({"age_from": "40", "age_to": "12"}, "Deze leeftijd ligt onder de eerste."),
        ({"to": "recorded"}, "Kies in deze laag een dienst."),
        ({"to": "kenter", "category": ["hgkm"]}, "bedient deze categorie niet"),
        ({"slug": "ggz-jeugd"}, "er is al een regel"),
    ],
    ids=["no sentence", "ages the wrong way round", "no service", "service is not for these people", "name taken"],
)
def test_a_mistake_stands_at_its_field_and_nothing_is_lost(gerda, draft_with_gap, night_rule, changed, message):
    refused = gerda.post(f"/afspraken/{draft_with_gap.pk}/regels/", night_rule | changed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert message in page
    assert f'value="{(night_rule | changed)["slug"]}"' in page


def test_who_saves_second_sees_both(gerda, draft, night_rule):
    first = {**night_rule, "seen": RuleSet.objects.get(pk=draft.pk).digest}
    assert gerda.post(f"/afspraken/{draft.pk}/regels/", first).status_code == 302
    theirs = {**first, "because": "Een andere zin."}
    conflict = gerda.post(f"/afspraken/{draft.pk}/regels/ggz-nacht/", theirs)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Iemand anders was u voor" in page
    assert "Buiten de uren van Kenter helpt" in page
    assert "Een andere zin." in page
    stored = RuleSet.objects.get(pk=draft.pk).digest
    assert gerda.post(f"/afspraken/{draft.pk}/regels/ggz-nacht/", {**theirs, "seen": stored}).status_code == 302


def test_a_gap_in_the_grid_opens_with_who_answers_now_and_a_rule_to_make(gerda, draft_with_gap):
    grid = gerda.get(f"/afspraken/{draft_with_gap.pk}/dekking/").content.decode()
    at = grid.split("rules-square--gap")[1].split("cel=")[1].split('"')[0].split("#")[0]
    opened = gerda.get(f"/afspraken/{draft_with_gap.pk}/dekking/?cel={at}").content.decode()
    assert "Nu antwoordt alleen het vangnet" in opened
    assert "Dienstdoende regiehouder ICD" in opened
    assert "/regels/?category=ggz&amp;age_from=0&amp;age_to=17" in opened


def test_a_new_rule_starts_with_what_the_gap_fills_in(gerda, draft_with_gap):
    page = gerda.get(f"/afspraken/{draft_with_gap.pk}/regels/?category=ggz&age_from=0&age_to=17").content.decode()
    assert 'value="ggz" id="id_category_0" checked' in page
    assert 'name="age_to" value="17"' in page


def test_the_grid_of_one_municipality(gerda, published):
    page = gerda.get(f"/afspraken/{published.pk}/dekking/?gemeente=GM0450").content.decode()
    assert "Integrale Crisisdienst Noord-Holland Noord" in page
    assert "Integrale Crisisdienst Jeugd Kennemerland" not in page


def test_comparing_tells_the_rules_and_for_whom_another_answers(gerda, draft_with_gap):
    page = gerda.get(f"/afspraken/{draft_with_gap.pk}/vergelijken/").content.decode()
    assert NIGHT_RULE in page
    assert "GGZ, 0-17 jaar" in page
    assert "geen afspraak" in page


def test_a_case_is_answered_by_both_versions(gerda, draft_with_gap):
    asked = "category=ggz&age=15&municipality=GM0392&at=2026-11-24T20:15"
    page = gerda.get(f"/afspraken/{draft_with_gap.pk}/proberen/?{asked}").content.decode()
    assert "Deze versie geeft een ander antwoord." in page
    assert "Dienstdoende regiehouder ICD" in page
    assert "GGZ inGeest acute psychiatrie" in page


def test_a_case_that_cannot_be_says_so(gerda, published):
    page = gerda.get(
        f"/afspraken/{published.pk}/proberen/?category=youth_act&age=30&municipality=GM0392"
    ).content.decode()
    assert "Verlengde jeugdhulp stopt" in page


def test_publishing_with_a_gap_is_refused_with_the_cells(gerda, draft_with_gap):
    address = f"/afspraken/{draft_with_gap.pk}"
    gerda.post(f"{address}/toetsen/")
    refused = gerda.post(f"{address}/publiceren/", {"valid_from": timezone.localdate().isoformat()})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Niet gepubliceerd" in page
    assert GAP in page
    draft_with_gap.refresh_from_db()
    assert draft_with_gap.published_at is None


def test_the_manager_waives_a_gap_with_a_reason_that_stays(gerda, mirjam, draft_with_gap):
    address = f"/afspraken/{draft_with_gap.pk}"
    mirjam.post(f"{address}/toetsen/")
    given = {"valid_from": timezone.localdate().isoformat()}
    assert mirjam.post(f"{address}/publiceren/", given).status_code == 422
    reason = "Tot januari vangt de achterwacht dit op."
    assert mirjam.post(f"{address}/publiceren/", given | {"waiver_reason": reason}).status_code == 302
    assert reason in gerda.get("/afspraken/").content.decode()


def test_publishing_unproven_rules_is_refused(gerda, draft):
    refused = gerda.post(f"/afspraken/{draft.pk}/publiceren/", {"valid_from": timezone.localdate().isoformat()})
    assert refused.status_code == 422
    assert "Toets de afspraken eerst" in refused.content.decode()


def test_a_watertight_draft_is_published_and_then_is_what_holds(gerda, draft):
    gerda.post(f"/afspraken/{draft.pk}/toetsen/")
    done = gerda.post(
        f"/afspraken/{draft.pk}/publiceren/", {"valid_from": timezone.localdate().isoformat()}, follow=True
    )
    page = done.content.decode()
    assert "kennemerland-2027 is gepubliceerd." in page
    assert "Geldt nu" in page
    assert "Regel erbij" not in page


def test_the_history_says_who_changed_what(gerda, draft_with_gap):
    page = gerda.get(f"/afspraken/{draft_with_gap.pk}/").content.decode()
    history = page.split("Geschiedenis")[1]
    assert "Gerda Gids, gewijzigd" in history
    assert NIGHT_RULE in history


def test_a_draft_can_be_thrown_away(gerda, draft):
    gerda.post(f"/afspraken/{draft.pk}/weggooien/")
    assert not RuleSet.objects.filter(pk=draft.pk).exists()


def test_an_old_version_stays_readable_when_a_service_has_gone(gerda, published, kennemerland):
    kenter = kennemerland.services.get(slug="kenter")
    kenter.withdrawn = True
    kenter.save()
    page = gerda.get(f"/afspraken/{published.pk}/").content.decode()
    assert "Kenter crisisdienst" in page
    assert "diensten die niet meer in de gids staan" in page


def test_the_grid_as_it_was_on_a_day(gerda, published):
    page = gerda.get(f"/afspraken/{published.pk}/dekking/?op=2026-03-14").content.decode()
    assert "Met de gids van 14 maart 2026." in page


@pytest.mark.parametrize(
    "asked",
    ["vergelijken/?met=" + "9" * 5000, "dekking/?op=9999-12-31", "naspelen/?since=0001-01-01&until=9999-12-31"],
)
def test_numbers_and_days_beyond_reckoning_are_no_server_error(gerda, published, asked):
    assert gerda.get(f"/afspraken/{published.pk}/{asked}").status_code in (200, 422)


def test_a_version_cannot_be_published_from_beyond_the_last_year(gerda, draft):
    page = gerda.post(f"/afspraken/{draft.pk}/publiceren/", {"valid_from": "9999-12-31"})
    assert page.status_code == 422
    assert "2035" in page.content.decode()


def test_a_proposal_for_a_service_that_cannot_exist_is_not_found(gerda, published):
    asked = {"since": "2026-01-01", "until": "2026-12-31", "service": "a\x00b", "rule": "a\x00b"}
    assert gerda.post("/afspraken/afwijkingen/voorstel/", asked).status_code == 404
