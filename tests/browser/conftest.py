"""A person's steps in a real Chromium against the live site. Without a browser these tests fail, never skip."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def _chromium() -> str:
    found = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")
    if found is None:
        pytest.fail("Chromium ontbreekt: installeer het pakket `chromium` (Debian) en draai de tests opnieuw.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's own event loop runs in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
            yield chromium
            chromium.close()


@pytest.fixture
def refused_by_csp() -> list[str]:
    """What our Content Security Policy made the browser refuse, and errors of our scripts: nothing, if all is well."""
    return []


@pytest.fixture
def visitor(browser: Browser, live_server, refused_by_csp: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for a Dutch visitor, at 1280 pixels, on the live site."""
    contexts: list[BrowserContext] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused_by_csp.append(f"{message.location.get('url')}: {message.text}")

    def open_browser(**options: object) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=DESKTOP,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: refused_by_csp.append(f"{page.url}: {error}"))
        return page

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    return visitor()


@pytest.fixture
def sign_in(live_server, kennemerland, demo_users) -> Callable[[Page, str], None]:
    """Signs a demo account in on a page, by a session of its own; the sign-in page has its own tests."""

    def _sign_in(page: Page, username: str) -> None:
        client = Client()
        client.force_login(demo_users[username])
        name = django_settings.SESSION_COOKIE_NAME
        page.context.clear_cookies(name=name)
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return _sign_in


@pytest.fixture(scope="session")
def axe_source() -> str:
    return AXE.read_text()
