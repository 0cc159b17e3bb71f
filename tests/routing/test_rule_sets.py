"""Publishing the rules of a region package: once, never changed afterwards, and never into the past."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.policies import Actor
from routing.models import RuleSet
from routing.services import RuleSetRefused, publish_package_rules


@pytest.fixture
def agreed(kennemerland_package):
    """The shipped rules as they could be agreed anew: another version, one sentence different."""

    def agree(version="kennemerland-2027", valid_from="2020-01-01"):
        rules = [dict(rule) for rule in kennemerland_package.rules["rules"]]
        rules[0]["because"] = "Levensgevaar gaat altijd voor."
        return {**kennemerland_package.rules, "version": version, "valid_from": valid_from, "rules": rules}

    return agree


def test_the_first_rules_hold_from_the_date_they_name(kennemerland):
    rule_set = kennemerland.rule_sets.get()

    assert rule_set.state == RuleSet.State.PUBLISHED
    assert rule_set.valid_from == datetime(2020, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_the_same_rules_are_published_once(kennemerland, kennemerland_package):
    assert publish_package_rules(None, kennemerland, kennemerland_package.rules) is None
    assert kennemerland.rule_sets.count() == 1


def test_changed_rules_supersede_from_now_and_never_change_the_past(kennemerland, agreed):
    before = timezone.now()

    new = publish_package_rules(None, kennemerland, agreed(valid_from="2020-01-01"))

    assert new.valid_from >= before
    assert list(kennemerland.rule_sets.values_list("version", "state")) == [
        ("kennemerland-2020", "published"),
        ("kennemerland-2027", "published"),
    ]


def test_rules_can_be_published_ahead(kennemerland, agreed):
    day = timezone.localdate() + timedelta(days=40)

    new = publish_package_rules(None, kennemerland, agreed(valid_from=day.isoformat()))

    assert timezone.localtime(new.valid_from).date() == day


def test_changed_rules_need_a_new_version(kennemerland, agreed):
    with pytest.raises(RuleSetRefused, match="geef de gewijzigde regels een nieuwe naam"):
        publish_package_rules(None, kennemerland, agreed(version="kennemerland-2020"))


def test_a_version_once_superseded_does_not_come_back(kennemerland, kennemerland_package, agreed):
    publish_package_rules(None, kennemerland, agreed())

    with pytest.raises(RuleSetRefused, match="`kennemerland-2020` is al gepubliceerd"):
        publish_package_rules(None, kennemerland, kennemerland_package.rules)


def test_rules_that_wait_for_their_date_are_not_overtaken(kennemerland, agreed):
    day = timezone.localdate() + timedelta(days=40)
    publish_package_rules(None, kennemerland, agreed("kennemerland-2027", day.isoformat()))

    with pytest.raises(RuleSetRefused, match="kan niet eerder ingaan"):
        publish_package_rules(None, kennemerland, agreed("kennemerland-2026b"))


def test_someone_who_may_not_edit_the_directory_cannot_publish(kennemerland, agreed):
    worker = Actor(User(username="worker"), "icd_worker", None, "icd-kennemerland", None, "kennemerland")

    with pytest.raises(PermissionDenied):
        publish_package_rules(worker, kennemerland, agreed())


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE routing_ruleset SET document = '{}'", "the rules themselves"),
        ("UPDATE routing_ruleset SET valid_from = now()", "from when they hold"),
        ("UPDATE routing_ruleset SET state = 'draft'", "back to a draft"),
        ("UPDATE routing_ruleset SET state = 'superseded', version = 'x'", "superseding is no cover for a change"),
        ("DELETE FROM routing_ruleset", "removing them"),
    ],
)
def test_the_database_itself_refuses_to_change_a_published_rule_set(kennemerland, statement, why):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_superseded_rule_set_is_not_published_again(kennemerland, agreed):
    publish_package_rules(None, kennemerland, agreed())

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        RuleSet.objects.filter(version="kennemerland-2020").update(state="published")


def test_a_draft_may_change_and_disappear(kennemerland, agreed):
    draft = RuleSet.objects.create(
        region=kennemerland, version="concept", valid_from=timezone.now(), document=agreed("concept"), digest="x"
    )

    draft.document = {}
    draft.save()
    draft.delete()

    assert not RuleSet.objects.filter(version="concept").exists()
