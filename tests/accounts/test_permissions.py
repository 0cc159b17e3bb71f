"""Every route of the site against every role: one row each. A route without a row fails.

To add a route, add a row to ROUTES: its name, the method, and the status for each column.
Arguments in the address are filled in with a record that does not exist, so 404 reads "may ask, is not there".
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter

from accounts.policies import ROLE_PERMISSIONS
from accounts.services import issue_api_token
from partners.demo import DEMO_ACCOUNTS

COLUMNS = ["nobody", "worker", "vt", "kenter", "police", "manager", "directory", "privacy", "admin"]

ROUTES = """
# route               method  nobody worker vt  kenter police manager directory privacy admin
home                  get     302    302    302 302    302    302     302       302     302
login                 get     200    302    302 302    302    302     302       302     302
logout                post    302    302    302 302    302    302     302       302     302
choose-theme          post    302    302    302 302    302    302     302       302     302
set_language          post    302    302    302 302    302    302     302       302     302
access-log            get     302    403    403 403    403    403     403       200     403

messages              get     302    403    403 403    403    200     403       403     200
message               get     302    403    403 403    403    404     403       403     404
message-resend        post    302    403    403 403    403    404     403       403     404
webhooks              get     302    403    403 403    403    403     403       403     200
webhooks              post    302    403    403 403    403    403     403       403     422
webhook-renew         post    302    403    403 403    403    403     403       403     404
webhook-switch        post    302    403    403 403    403    403     403       403     404
webhook-test          post    302    403    403 403    403    403     403       403     404

healthz               get     200    200    200 200    200    200     200       200     200
readyz                get     200    200    200 200    200    200     200       200     200
metrics               get     200    200    200 200    200    200     200       200     200

desk                  get     302    200    200 403    403    403     403       403     403
desk                  post    302    302    302 403    403    403     403       403     403
desk-draft            get     302    404    404 404    404    404     404       404     404
desk-save             post    302    404    404 404    404    404     404       404     404
desk-readback         get     302    404    404 404    404    404     404       404     404
desk-confirm          post    302    404    404 403    403    403     403       403     403
desk-end              post    302    404    404 403    403    403     403       403     403
contact               get     302    404    404 404    404    404     404       404     404

inbox                 get     302    200    200 200    403    403     403       403     403
handover              get     302    404    404 404    404    404     404       404     404
handover-accept       post    302    404    404 404    404    404     404       404     404
handover-decline      post    302    404    404 404    404    404     404       404     404
handover-phone        post    302    404    404 404    404    404     404       404     404
handover-withdraw     post    302    404    404 404    404    404     404       404     404
handover-feedback     post    302    404    404 404    404    404     404       404     404
live                  get     302    200    200 200    403    200     403       403     403
switchboard           get     302    200    200 403    403    200     403       403     403
alarm-acknowledge     post    302    404    404 403    403    404     403       403     403
switchboard-divert    post    302    403    403 403    403    422     403       403     403
switchboard-resume    post    302    403    403 403    403    404     403       403     403
consultation-done     post    302    404    404 404    404    404     404       404     404

case                  get     302    404    404 404    404    404     404       404     404
record-save           post    302    404    404 404    404    404     404       404     404
case-offer            post    302    404    404 404    404    404     404       404     404
case-note             post    302    404    404 404    404    404     404       404     404
case-consult          post    302    404    404 404    404    404     404       404     404
case-hand-back        post    302    404    404 404    404    404     404       404     404
case-close            post    302    404    404 404    404    404     404       404     404
case-continue         get     302    404    404 404    404    404     404       404     404
case-lead             get     302    404    404 404    404    404     404       404     404
case-history          get     302    404    404 404    404    404     404       404     404
case-overview         get     302    404    404 404    404    404     404       404     404
case-overview-print   get     302    404    404 404    404    404     404       404     404
case-overview-csv     get     302    404    404 404    404    404     404       404     404

emergency             get     302    200    200 403    403    403     403       403     403
emergency             post    302    422    422 403    403    403     403       403     403
emergency-review      get     302    403    403 403    403    403     403       200     403
emergency-judge       post    302    403    403 403    403    403     403       404     403
roster                get     302    200    200 200    403    200     403       403     403
roster-team           post    302    403    403 403    403    422     403       403     403
roster-plan           post    302    403    403 403    403    404     403       403     403
shift-remove          post    302    403    403 403    403    404     403       403     403
shift-swap            post    302    404    404 404    403    404     403       403     403
swap-answer           post    302    404    404 404    403    404     403       403     403
roster-feed           post    302    200    200 200    403    200     403       403     403
roster-calendar       get     404    404    404 404    404    404     404       404     404
case-disclosures      get     302    404    404 404    404    404     404       404     404
case-disclosures      post    302    404    404 404    404    404     404       404     404
case-timeline         get     302    404    404 404    404    404     404       404     404
case-summary          get     302    404    404 404    404    404     404       404     404
case-actions          get     302    404    404 404    404    404     404       404     404
action-new            get     302    404    404 404    404    404     404       404     404
action-new            post    302    404    404 404    404    404     404       404     404
action                get     302    404    404 404    404    404     404       404     404
action                post    302    404    404 404    404    404     404       404     404
action-extend         post    302    404    404 404    404    404     404       404     404
action-end            post    302    404    404 404    404    404     404       404     404
case-tasks            get     302    404    404 404    404    404     404       404     404
case-tasks            post    302    404    404 404    404    404     404       404     404
task                  get     302    404    404 404    404    404     404       404     404
task                  post    302    404    404 404    404    404     404       404     404
task-done             post    302    404    404 404    404    404     404       404     404
case-professionals    get     302    404    404 404    404    404     404       404     404
case-professionals    post    302    404    404 404    404    404     404       404     404
professional          get     302    404    404 404    404    404     404       404     404
professional          post    302    404    404 404    404    404     404       404     404
tasks                 get     302    200    200 200    403    403     403       403     403

cases                 get     302    200    200 200    403    200     403       403     403
cases-csv             get     302    200    200 200    403    200     403       403     403
cases-team            get     302    403    403 403    403    200     403       403     403
norms                 get     302    200    200 200    403    200     403       403     403
case-terms            get     302    404    404 404    404    404     404       404     404
term-act              post    302    404    404 404    404    404     404       404     404
suspension-act        post    302    404    404 404    404    404     404       404     404
case-vt               get     302    404    404 404    404    404     404       404     404
case-vt-step          post    302    404    404 404    404    404     404       404     404
case-measures         get     302    404    404 404    404    404     404       404     404
case-measure-add      post    302    404    404 404    404    404     404       404     404
case-measure          get     302    404    404 404    404    404     404       404     404
case-measure          post    302    404    404 404    404    404     404       404     404
case-people           get     302    404    404 404    404    404     404       404     404
person-add            get     302    404    404 404    404    404     404       404     404
person-add            post    302    404    404 404    404    404     404       404     404
person                get     302    404    404 404    404    404     404       404     404
person-change         post    302    404    404 404    404    404     404       404     404
person-bsn            post    302    404    404 404    404    404     404       404     404
person-bsn-show       post    302    404    404 404    404    404     404       404     404
involvement-change    post    302    404    404 404    404    404     404       404     404
involvement-end       post    302    404    404 404    404    404     404       404     404
relation-add          post    302    404    404 404    404    404     404       404     404
relation-end          post    302    404    404 404    404    404     404       404     404
household-add         post    302    404    404 404    404    404     404       404     404
household-change      post    302    404    404 404    404    404     404       404     404
member-add            post    302    404    404 404    404    404     404       404     404
member-end            post    302    404    404 404    404    404     404       404     404
person-merge          get     302    404    404 404    404    404     404       404     404
person-merge          post    302    404    404 404    404    404     404       404     404
person-unmerge        post    302    404    404 404    404    404     404       404     404
icd-record            get     302    404    404 404    404    404     404       404     404
icd-reopen            post    302    404    404 404    404    404     404       404     404
records               get     302    404    404 404    404    404     404       404     404
record-promote        post    302    404    404 404    404    404     404       404     404
record-share          post    302    404    404 404    404    404     404       404     404
record-remark         post    302    404    404 404    404    404     404       404     404
record-take-over      post    302    404    404 404    404    404     404       404     404
comment-follow-up     post    302    404    404 404    404    404     404       404     404

rules                 get     302    200    200 200    200    200     200       403     200
rules-start           post    302    403    403 403    403    403     422       403     403
rules-set             get     302    404    404 404    404    404     404       403     404
rules-prove           post    302    404    404 404    404    404     404       403     404
rules-discard         post    302    403    403 403    403    403     404       403     403
rules-rule-new        get     302    403    403 403    403    403     404       403     403
rules-rule-new        post    302    403    403 403    403    403     404       403     403
rules-rule            get     302    403    403 403    403    403     404       403     403
rules-rule            post    302    403    403 403    403    403     404       403     403
rules-rule-remove     post    302    403    403 403    403    403     404       403     403
rules-check           post    302    403    403 403    403    403     404       403     403
rules-coverage        get     302    404    404 404    404    404     404       403     404
rules-compare         get     302    404    404 404    404    404     404       403     404
rules-try             get     302    404    404 404    404    404     404       403     404
rules-publish         get     302    403    403 403    403    404     404       403     403
rules-publish         post    302    403    403 403    403    404     404       403     403
rules-replay          get     302    403    403 403    403    403     404       403     403
rules-replay-csv      get     302    403    403 403    403    403     404       403     403
rules-deviations      get     302    403    403 403    403    403     200       403     403
rules-deviations-propose post 302    403    403 403    403    403     422       403     403

directory             get     302    403    403 403    403    200     200       403     403
directory-service     get     302    403    403 403    403    404     404       403     403
directory-service     post    302    403    403 403    403    404     404       403     403
directory-divert      post    302    403    403 403    403    404     403       403     403
directory-resume      post    302    403    403 403    403    404     403       403     403

lookup                get     302    200    200 200    200    200     200       403     200
board                 get     302    403    403 403    403    200     403       403     403
board-csv             get     302    403    403 403    403    404     403       403     403
board-acknowledge     post    302    403    403 403    403    404     403       403     403
bounces               get     302    403    403 403    403    200     403       403     403
bounces-csv           get     302    403    403 403    403    200     403       403     403
capacity-reports      get     302    403    403 403    403    200     403       403     403
capacity-csv          get     302    403    403 403    403    200     403       403     403
capacity-told         post    302    403    403 403    403    404     403       403     403

api-schema            get     200    200    200 200    200    200     200       200     200
api-lookup            get     401    200    200 200    200    200     200       403     200
api-services          get     401    200    200 200    200    200     200       403     200
api-cases             get     401    200    200 200    200    200     200       200     200
api-contacts          post    401    400    400 403    403    403     403       403     403
api-handover-accept   post    401    404    404 404    404    404     404       404     404
api-handover-decline  post    401    404    404 404    404    404     404       404     404
api-unknown           get     401    404    404 404    404    404     404       404     404
"""


def rows() -> Iterator[tuple[str, str, dict[str, int]]]:
    for line in ROUTES.splitlines():
        if line and not line.startswith("#"):
            name, method, *statuses = line.split()
            yield name, method, dict(zip(COLUMNS, map(int, statuses), strict=True))


def routes(patterns=None, namespace="") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern)), pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)


def address_of(name: str, pattern: URLPattern) -> str:
    """The address with arguments that are well-formed and that no record has."""
    asked, converters = pattern.pattern.regex, pattern.pattern.converters
    named = {argument: _absent(argument, converters.get(argument)) for argument in asked.groupindex}
    return reverse(name, kwargs=named) if named else reverse(name, args=["0"] * asked.groups)


def _absent(argument: str, converter) -> str:
    if argument == "app_label":
        return "accounts"
    return str(UUID(int=0)) if isinstance(converter, UUIDConverter) else "0"


PATTERNS = dict(routes())
# The admin site makes its own routes, all for the administrator only: two tests instead of a row each.
ADMIN = {name: pattern for name, pattern in PATTERNS.items() if name.startswith("admin:") and pattern.name}
ADMIN_FOR_NOBODY = {name for name in ADMIN if name.endswith(("_add", "_delete", "autocomplete"))}
# The way out and the words of the interface, which everybody reaches.
ADMIN_FOR_ALL = {"admin:logout", "admin:jsi18n"}


@pytest.fixture
def ask(client, kennemerland, demo_users):
    """Asks as somebody, by session for a page and by token for the API, and gives the status."""
    tokens = {username: issue_api_token(user) for username, user in demo_users.items()}

    def status(method: str, address: str, username: str) -> int:
        client.logout()
        headers = {}
        if username != "nobody" and address.startswith("/api/"):
            headers["Authorization"] = f"Bearer {tokens[username]}"
        elif username != "nobody":
            client.force_login(demo_users[username])
        body = {} if method == "get" else {"content_type": "application/json", "data": "{}"}
        return getattr(client, method)(address, headers=headers, **body).status_code

    return status


@pytest.mark.parametrize(("name", "method", "expected"), list(rows()))
def test_a_role_may_do_what_its_row_says(ask, name, method, expected):
    address = address_of(name, PATTERNS[name])
    assert {username: ask(method, address, username) for username in expected} == expected


@pytest.mark.parametrize("username", COLUMNS)
def test_the_admin_site_is_for_the_administrator(ask, username):
    expected = {"nobody": {302}, "admin": {200, 302, 404}}.get(username, {403})
    looks = ADMIN.keys() - ADMIN_FOR_NOBODY - ADMIN_FOR_ALL
    outcomes = {name: ask("get", address_of(name, ADMIN[name]), username) for name in sorted(looks)}
    assert {name: status for name, status in outcomes.items() if status not in expected} == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_administrator_changes_nothing_there(ask, method):
    outcomes = {name: ask(method, address_of(name, ADMIN[name]), "admin") for name in sorted(ADMIN_FOR_NOBODY)}
    assert set(outcomes.values()) <= {403, 405}


def test_every_route_has_a_row():
    named = {name for name, *_rest in rows()}
    missing = {name for name in PATTERNS if not name.startswith("admin:")} - named
    assert missing == set(), "add a row to ROUTES"


def test_no_row_is_left_of_a_route_that_went():
    assert {name for name, *_rest in rows()} <= set(PATTERNS)


def test_every_role_has_a_column():
    in_columns = {account.role for account in DEMO_ACCOUNTS if account.username in COLUMNS}
    assert in_columns == set(ROLE_PERMISSIONS)
