"""kill -9 of every process under load: whatever was confirmed to a caller is there afterwards."""

import http.client
import json
import threading
import uuid
from contextlib import closing, suppress

import pytest

from tests.launcher.site import Site, new_site

from .breaking import until_there

pytestmark = pytest.mark.faults

CALLERS = 4
ENOUGH = 200  # contacts before everything is killed
PATIENCE_SECONDS = 60

SANNE = {
    "narrative": "Sanne (40) uit Haarlem, verward sinds vanochtend; haar broer belt.",
    "category": "ggz",
    "age": 40,
    "municipality": "GM0392",
}
CONFIRMED = "from triage.models import Contact; print(*Contact.objects.values_list('pk', flat=True))"


class Load:
    """Several callers that log contacts over HTTP without pause and remember each one that was acknowledged."""

    def __init__(self, site: Site, token: str) -> None:
        self.site = site
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.acknowledged: list[int] = []
        self.refused: list[str] = []
        self.callers = [threading.Thread(target=self._call) for _ in range(CALLERS)]

    def __enter__(self) -> "Load":
        for caller in self.callers:
            caller.start()
        return self

    def __exit__(self, *_error) -> None:
        for caller in self.callers:
            caller.join(PATIENCE_SECONDS)

    def _call(self) -> None:
        # Once the site is gone, what was under way was never acknowledged.
        gone = suppress(OSError, http.client.HTTPException)
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE_SECONDS)
        with closing(connection), gone:
            while not self.refused:
                self._log_contact(connection)

    def _log_contact(self, connection: http.client.HTTPConnection) -> None:
        headers = self.headers | {"Idempotency-Key": str(uuid.uuid4())}
        connection.request("POST", "/api/v1/contacts/", json.dumps(SANNE), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status != 201:
            self.refused.append(f"{answer.status} {body}")
            return
        self.acknowledged.append(json.loads(body)["id"])


def test_every_acknowledged_contact_survives_the_death_of_every_process():
    with new_site() as site:
        site.start()
        token = site.manage("api_token", "worker").stdout.strip()
        with Load(site, token) as load:
            until_there(lambda: ENOUGH if load.refused else len(load.acknowledged), ENOUGH, "enough is logged")
            killed = site.kill_everything()
        assert load.refused == []
        assert killed > 8, "the launcher, PostgreSQL and its own, Valkey, web, worker, beat"

        site.start()
        present = set(map(int, site.manage("shell", "--no-imports", "-c", CONFIRMED).stdout.split()))
        lost = set(load.acknowledged) - present
        assert lost == set(), f"{len(lost)} of {len(load.acknowledged)} acknowledged contacts are gone"
        assert site.stop() == 0
