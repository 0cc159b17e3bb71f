"""Whatever ends, hangs or runs twice on a real site under load: nothing confirmed is lost and nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.launcher.site import Site, new_site
from tests.mail_server import MailServer
from tests.receivers import WebhookReceiver

from .breaking import Breaker, processes, until, until_gone, until_there
from .load import PARTNER, Load
from .records import Records
from .report import Fault

pytestmark = pytest.mark.faults

SITES = 2
ROUNDS = 5
MOVED = 200
ACCOUNTS = {"worker", "vt", PARTNER}
DELIVERY_SECONDS = "1"
ADD_WEBHOOK = """
from accounts.models import User
from accounts.services import add_endpoint
from partners.actors import actor_of
print(add_endpoint(actor_of(User.objects.get(username="admin")), owner="ggz-ingeest", url="%s")[1])
"""


def test_nothing_confirmed_is_lost_and_nothing_is_done_twice(record_property):
    """Two sites side by side, so that ten minutes without Redis take five."""
    with ThreadPoolExecutor(SITES) as hands:
        runs = [hands.submit(_run, number) for number in range(1, SITES + 1)]
        found = [run.result() for run in runs]
    for faults, summary in found:
        for fault in faults:
            record_property("fault", str(fault))
        record_property("load", summary)
    assert [fault for faults, _summary in found for fault in faults if fault.found != fault.confirmed] == []


def _run(number: int) -> tuple[list[Fault], str]:
    with MailServer() as mail, WebhookReceiver() as receiver, new_site(**_settings(mail)) as site:
        site.start()
        receiver.secret = site.manage("shell", "--no-imports", "-c", ADD_WEBHOOK % receiver.url).stdout.strip()
        tokens = {name: site.manage("api_token", name).stdout.strip() for name in ACCOUNTS}
        records = Records(processes(site, "web")[0])
        load = Load(site, tokens)
        breaker = Breaker(site, load, records)
        with load:
            until_there(records.open_offers, MOVED, "there is enough to break")
            load.slow_down()
            for each in range(ROUNDS):
                _break_everything(breaker, frozen=(number + each) % 2 == 0)
        _assert_all_is_well(load, records, mail, receiver)
        breaker.count_what_is_there()
        return [fault for fault, _confirmed in breaker.faults], _summary(number, site, load, mail, receiver)


def _settings(mail: MailServer) -> dict[str, str]:
    return {"EMAIL_URL": mail.url, "OUTBOX_INTERVAL_SECONDS": DELIVERY_SECONDS}


def _break_everything(breaker: Breaker, *, frozen: bool) -> None:
    """One minute without Redis in which everything else breaks too, and what breaks while it comes back."""
    with breaker.redis_outage(killed=not frozen) as wait_until:
        breaker.kill("web", whole=False)
        breaker.kill("worker", whole=True)
        breaker.kill("beat", whole=True)
        wait_until(12)
        breaker.restart_postgres()
        wait_until(25)
        breaker.kill("web", whole=True)
        wait_until(42)
        moved = breaker.move_due(MOVED)
        breaker.kill("web", whole=False)
        # Frozen: the two sweep alone. Killed: the worker of the site joins them as it comes back.
        wait_until(46 if frozen else 57)
        sweepers = breaker.start_two_sweepers()
    _break_what_comes_back(breaker)
    breaker.await_sweepers(sweepers)
    records = breaker.records
    until(lambda: not records.overdue() and records.swept_within(5), "the clock of the site goes round")
    assert records.escalated(moved) == len(moved)
    breaker.count_what_is_there()


def _break_what_comes_back(breaker: Breaker) -> None:
    """The worker has a minute to catch up with: it is killed in the middle of that, twice."""
    for whole in (False, True):
        waiting = breaker.records.undelivered()
        until(lambda waiting=waiting: breaker.records.undelivered() < waiting, "the worker delivers")
        breaker.kill("worker", whole=whole)
    breaker.kill("beat", whole=True)


def _assert_all_is_well(load: Load, records: Records, mail: MailServer, receiver: WebhookReceiver) -> None:
    assert load.unexpected == []
    until_gone(lambda: records.undelivered() + records.overdue(), "everything is delivered")
    logged = [contact["id"] for contact in load.acknowledged.values()]
    assert sorted(records.present()) == sorted(logged), "each Idempotency-Key made one contact, which is there"
    assert records.states(list(load.answered)) == load.answered
    assert records.wrong() == {}
    must, are = records.told()
    assert are == must
    assert set(mail.keys) == records.keys("email"), "each mail came in, by its key"
    assert set(receiver.by_key) == records.keys("webhook"), "each webhook message came in, once by its key"
    assert all(delivery.verified for delivery in receiver.deliveries)


def _summary(number: int, site: Site, load: Load, mail: MailServer, receiver: WebhookReceiver) -> str:
    failures = ", ".join(f"{name}: {times}" for name, times in load.failures.items())
    twice = len(mail.mails) - len(set(mail.keys))
    return (
        f"site {number} (launcher {site.launcher.pid}): {len(load.acknowledged)} contacts confirmed, "
        f"{len(load.answered)} answers of the partner, {len(mail.mails)} mails of which {twice} came again, "
        f"{len(receiver.deliveries)} webhook calls for {len(receiver.by_key)} keys; "
        f"asked again after {failures or 'nothing'}"
    )
