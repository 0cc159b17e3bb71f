"""What every test leans on; the settings come from the environment that `make test` makes."""

import os

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.mail_server", "tests.people", "tests.receivers", "tests.regions", "tests.faults.report"]

# Two cores that do other work too: a slow example is no failure. CI tries the same examples every time.
hypothesis_settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Real password hashes are slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def each_test_begins_in_dutch():
    """A request leaves the language of its visitor behind in the thread."""
    yield
    translation.deactivate()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes longest begins first, so that the others run beside it."""
    items.sort(key=lambda item: item.get_closest_marker("faults") is None)
