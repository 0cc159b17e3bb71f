"""The admin site shows how things are set up, and what they were before; it changes nothing."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.admin_base import ReadOnlyAdmin
from accounts.models import AccessLogEntry
from partners.models import Membership, Organisation


@pytest.fixture
def administrator(client, demo_users):
    client.force_login(demo_users["admin"])
    return client


def test_nothing_registered_can_write():
    assert all(isinstance(page, ReadOnlyAdmin) for page in admin.site._registry.values())


def test_the_access_log_is_not_the_administrators():
    assert not admin.site.is_registered(AccessLogEntry)


def test_what_it_was_before_and_who_changed_it(administrator, demo_users):
    kenter = Organisation.objects.get(slug="kenter")
    kenter.commissioner, kenter._history_user = "Gemeente Haarlem", demo_users["directory"]
    kenter.save()
    page = administrator.get(reverse("admin:partners_organisation_history", args=[kenter.pk])).content.decode()
    assert "Gemeente Haarlem" in page
    assert "directory" in page
    assert "style=" not in page


def test_a_change_that_is_posted_is_refused(administrator):
    kenter = Organisation.objects.get(slug="kenter")
    before = kenter.name
    answer = administrator.post(reverse("admin:partners_organisation_change", args=[kenter.pk]), {"name": "Anders"})
    kenter.refresh_from_db()
    assert (answer.status_code, kenter.name) == (403, before)


def test_an_old_version_cannot_be_put_back(administrator):
    kenter = Organisation.objects.get(slug="kenter")
    address = reverse("admin:partners_organisation_simple_history", args=[kenter.pk, kenter.history.get().pk])
    assert administrator.get(address).status_code == 200
    assert administrator.post(address, {"name": "Anders"}).status_code == 403


def test_there_is_one_door(client, db):
    assert client.get("/admin/login/?next=/admin/").url == "/aanmelden/?next=/admin/"


def test_the_role_counts_not_the_flag_of_the_framework(client, demo_users):
    demo_users["police"].is_staff = demo_users["police"].is_superuser = True
    demo_users["police"].save()
    client.force_login(demo_users["police"])
    assert client.get(reverse("admin:index")).status_code == 403
    Membership.objects.filter(user=demo_users["police"]).update(role="admin")
    assert client.get(reverse("admin:index")).status_code == 200
