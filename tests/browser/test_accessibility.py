"""Every page of every role: no axe violation, no sideways scrolling at 320 pixels, nothing inline or refused."""

import re

import pytest
from playwright.sync_api import Page

from accounts.services import add_endpoint, deliver_due, send_test
from dossiers.models import VtRecord
from dossiers.services import save_record
from partners.actors import actor_of
from routing.alarms import raise_alarm
from routing.models import Alarm
from routing.services import accept, break_glass, remove_rule
from routing.services import start_draft as start_draft_rules
from triage.services import Choice, log_contact, save_draft, start_draft

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}
TERMS = ["/casus/{case}/termijnen/", "/casussen/", "/normen/"]
# {draft}, {contact}, {case}, {opened}, {handover}, {draft_rules} and {message} are those of `a_day`.
PAGES = {
    "worker": [
        "/balie/",
        "/balie/{draft}/",
        "/balie/{draft}/teruglezen/",
        "/meldingen/{contact}/",
        "/casus/{case}/",
        "/inbox/",
        "/centrale/",
    ],
    "vt": [
        "/inbox/",
        "/overdracht/{handover}/",
        "/casus/{case}/",
        "/casus/{case}/regie/",
        "/casus/{case}/geschiedenis/",
        "/casus/{case}/inzage/",
        "/casus/{case}/inzage/afdrukken/",
        "/casus/{opened}/",
        "/noodknop/",
        "/casus/{case}/veilig-thuis/",
        "/casus/{case}/maatregelen/",
        *TERMS,
    ],
    "kenter": ["/inbox/", "/wie-bel-ik/"],
    "police": ["/wie-bel-ik/", "/wie-bel-ik/?category=ggz", "/wie-bel-ik/?q=geslagen&municipality=GM0392", "/vandaag/"],
    "manager": [
        "/vandaag/",
        "/centrale/",
        "/overdrachten/meter/",
        "/capaciteit/",
        "/wie-bel-ik/?category=somatic&danger=true",
        "/gids/kenter/",
        "/berichten/",
        "/casussen/",
        "/casussen/team/",
    ],
    "directory": [
        "/wie-bel-ik/?q=kenter",
        "/afspraken/?op=2026-03-14",
        "/afspraken/{draft_rules}/",
        "/afspraken/{draft_rules}/regels/",
        "/afspraken/{draft_rules}/regels/ggz-jeugd/",
        "/afspraken/{draft_rules}/dekking/?cel=3-0",
        "/afspraken/{draft_rules}/vergelijken/",
        "/afspraken/{draft_rules}/proberen/?category=hgkm&age=9&municipality=GM0392&at=2026-11-24T10:15",
        "/afspraken/{draft_rules}/publiceren/",
        "/afspraken/{draft_rules}/naspelen/",
        "/afspraken/afwijkingen/",
        "/gids/",
        "/gids/kenter/",
    ],
    "privacy": ["/inzagelog/", "/noodknop/beoordelen/"],
    "admin": ["/admin/", "/bestaat-niet/", "/berichten/", "/berichten/{message}/", "/berichten/adressen/"],
    "": ["/aanmelden/"],
}
HIT_CHILD = {
    "narrative": "De buurvrouw hoort dat een kind wordt geslagen.",
    "callback_number": "06 12345678",
    "danger": "no",
    "category": "hgkm",
    "age": "9",
    "municipality": "Haarlem",
    "provider": "none",
    "caller_kind": "police",
}
# Best practice beyond WCAG is welcome, but only these are the law (EN 301 549) and our aim (2.2 AA).
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the dark can spoil; all else is the same page.
CONTRAST = ["color-contrast", "link-in-text-block"]
INLINE = re.compile(r"<style[\s>]|<script(?![^>]*\ssrc=)[\s>]|\s(?:on[a-z]+|style)=[\"']|\shx-on", re.IGNORECASE)


@pytest.fixture
def a_day(kennemerland, demo_users) -> dict[str, object]:
    """A call in progress, one accepted, one that still waits, some that went elsewhere than agreed, an alarm and other
    rules in the making, a message that does not arrive: every page has something to show.
    """
    wilma, vincent = actor_of(demo_users["worker"]), actor_of(demo_users["vt"])
    draft = save_draft(wilma, start_draft(wilma).pk, HIT_CHILD, revision=1)
    accepted, waiting = log_contact(wilma, HIT_CHILD), log_contact(wilma, HIT_CHILD)
    accept(vincent, accepted.decision.handover)
    record = VtRecord.objects.get(case=accepted.case)
    save_record(vincent, record, {"situation": "Het kind is bij oma. Een lang woord: " + "a" * 200}, record.version)
    raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels spreken elkaar tegen.")
    handover = waiting.decision.handover
    for _call in range(3):
        elsewhere = log_contact(wilma, HIT_CHILD, choice=Choice("ggz-ingeest", "mixed_picture"))
    opened = break_glass(vincent, elsewhere.case_id, "acute_danger")
    dirk = actor_of(demo_users["directory"])
    rules = start_draft_rules(dirk, kennemerland, kennemerland.rule_sets.get(), "volgend-jaar")
    rules = remove_rule(dirk, rules, "huiselijk-geweld", seen_digest=rules.digest)
    aad = actor_of(demo_users["admin"])
    message = send_test(aad, add_endpoint(aad, owner="kenter", url="http://127.0.0.1:1/")[0])
    deliver_due("webhook")
    return {
        "draft": draft.pk,
        "contact": accepted.pk,
        "case": accepted.case_id,
        "opened": opened.case_id,
        "handover": handover.pk,
        "draft_rules": rules.pk,
        "message": message.pk,
    }


@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_usable_by_everybody(username, page: Page, sign_in, a_day, axe_source, refused_by_csp):
    if username:
        sign_in(page, username)
    found: list[str] = []
    for path in (template.format(**a_day) for template in PAGES[username]):
        response = page.goto(path)
        found += [f"{path}: inline code {hit.group()!r}" for hit in INLINE.finditer(response.text())]
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            found += [f"{path} at {viewport['width']} px: {violation}" for violation in violations(page, axe_source)]
        page.emulate_media(color_scheme="dark")
        found += [f"{path} in the dark: {violation}" for violation in violations(page, axe_source, CONTRAST)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(SMALLEST)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path}: scrolls sideways at 320 px")
    assert found + refused_by_csp == []


def violations(page: Page, axe_source: str, rules: list[str] = RULES) -> list[str]:
    page.evaluate(axe_source)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
