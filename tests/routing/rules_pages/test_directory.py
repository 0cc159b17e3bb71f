"""The pages of the live directory: a change that opens a gap is refused, a number that is edited is verified again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.models import Service, Suspension
from partners.selectors import service_as_written, service_version
from routing.rules_pages.service_forms import ServiceForm


@pytest.fixture
def form_of(kennemerland):
    """What a browser posts of a service that nobody touched."""

    def fill(slug: str, **changes: object) -> dict[str, object]:
        service = Service.objects.get(region=kennemerland, slug=slug)
        filled = ServiceForm.filled_in(service_as_written(service), service_version(service))
        return {name: value for name, value in (filled | changes).items() if value not in (False, None)}

    return fill


OFFICE_HOURS = {"hours": "ma-vr 08:30-17:00", "on_holidays": "closed"}


def test_the_list_says_hours_people_place_and_how_old_the_number_is(gerda):
    page = gerda.get("/gids/").content.decode()
    for words in ("ma-vr 08:30-17:00", "0-17 jaar: GGZ", "alle gemeenten behalve Uitgeest", "Geverifieerd 12 nov 2026"):
        assert words in page


def test_an_untouched_form_changes_nothing(gerda, form_of):
    done = gerda.post("/gids/kenter/", form_of("kenter"), follow=True)
    assert "Er was niets veranderd." in done.content.decode()


def test_a_change_holds_at_once_and_stands_in_the_history(gerda, form_of):
    done = gerda.post("/gids/kenter/", form_of("kenter", answered_by="de crisismedewerker"), follow=True)
    page = done.content.decode()
    assert "is gewijzigd" in page
    assert "Gerda Gids" in page.split("Geschiedenis")[1]


def test_how_soon_a_service_answers_is_changed_and_refused_at_its_field(gerda, form_of):
    gerda.post("/gids/kenter/", form_of("kenter", accept_within="7"))
    assert Service.objects.get(slug="kenter").accept_within == 7
    gerda.post("/gids/kenter/", form_of("kenter", accept_within=""))
    assert Service.objects.get(slug="kenter").accept_within is None
    refused = gerda.post("/gids/kenter/", form_of("kenter", accept_within="0"))
    assert refused.status_code == 422
    assert 'id="id_accept_within_error"' in refused.content.decode()


def test_closing_the_evening_is_refused_at_the_hours_with_the_cells(gerda, form_of):
    refused = gerda.post("/gids/ggz-ingeest/", form_of("ggz-ingeest", **OFFICE_HOURS))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Deze wijziging opent een gat" in page
    assert "ma-vr 00:00-08:30 en 17:00-24:00" in page
    assert 'id="id_hours_error"' in page
    assert "ma-vr 08:30-17:00</textarea>" in page
    assert "Waarom mag dit toch?" not in page


def test_the_manager_lets_it_through_with_a_reason(mirjam, form_of):
    given = form_of("ggz-ingeest", **OFFICE_HOURS)
    offered = mirjam.post("/gids/ggz-ingeest/", given)
    assert offered.status_code == 422
    assert "Waarom mag dit toch?" in offered.content.decode()
    allowed = mirjam.post("/gids/ggz-ingeest/", given | {"waiver_reason": "Verbouwing in december."})
    assert allowed.status_code == 302
    assert "Verbouwing in december." in mirjam.get("/afspraken/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"hours": "maandag overdag"}, "hours", "zijn geen"),
        ({"exceptions": "24-12-2026 gesloten"}, "exceptions", "geen bestaande datum"),
        ({"age_from": "30", "age_to": "12"}, "age_from", "leeftijden lopen op"),
        ({"phone_number": "12345", "phone_assured_on": "2026-11-20"}, "phone_number", "geen geldig telefoonnummer"),
        ({"phone_number": "023-000 09 09"}, "phone_assured_on", "Bel het nieuwe nummer eerst"),
    ],
)
def test_a_mistake_stands_at_its_field(gerda, form_of, changed, field, message):
    refused = gerda.post("/gids/kenter/", form_of("kenter", **changed))
    at_field = refused.content.decode().split(f'id="id_{field}_error">')[1].split("</div>")[0]
    assert refused.status_code == 422
    assert message in at_field


def test_a_new_number_is_shown_as_it_was_typed(gerda, form_of, kennemerland):
    today = timezone.localdate().isoformat()
    gerda.post("/gids/kenter/", form_of("kenter", phone_number="023-000 09 09", phone_assured_on=today))
    phone = Service.objects.get(region=kennemerland, slug="kenter").phones.get(kind="main")
    assert (phone.number, phone.shown_as) == ("+31230000909", "023-000 09 09")


def test_who_saves_second_sees_both(gerda, form_of):
    mine = form_of("kenter", answered_by="de wachtdienst")
    gerda.post("/gids/kenter/", form_of("kenter", expect="Binnen een uur teruggebeld."))
    conflict = gerda.post("/gids/kenter/", mine)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Binnen een uur teruggebeld." in page
    assert "de wachtdienst" in page


DIVERSION = {"reason": "other", "note": "Ziekte in het team."}


def tomorrow() -> str:
    return timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def test_a_diversion_holds_at_once_and_can_be_ended(mirjam, kennemerland):
    mirjam.post("/gids/kenter/omleiden/", DIVERSION | {"ends_at": tomorrow()})
    page = mirjam.get("/gids/kenter/").content.decode()
    assert "Ziekte in het team." in page
    assert "Omgeleid" in mirjam.get("/gids/").content.decode()
    diversion = Service.objects.get(region=kennemerland, slug="kenter").suspensions.get()
    mirjam.post(f"/gids/kenter/omleiden/{diversion.pk}/beeindigen/")
    assert "Beëindig de omleiding" not in mirjam.get("/gids/kenter/").content.decode()


def test_a_diversion_needs_a_reason_and_an_end(mirjam):
    refused = mirjam.post("/gids/kenter/omleiden/", {})
    assert refused.status_code == 422
    assert refused.context["divert_form"].errors.keys() == {"reason", "ends_at"}
    assert refused.context["form"].is_bound is False, "nor is the service itself refused"


def test_what_is_never_off_is_not_diverted(mirjam):
    assert "Leid deze dienst om" not in mirjam.get("/gids/meldkamer-112/").content.decode()
    refused = mirjam.post("/gids/meldkamer-112/omleiden/", DIVERSION | {"ends_at": tomorrow()})
    assert refused.status_code == 422
    assert refused.context["divert_form"].non_field_errors()
    assert not Suspension.objects.exists()
