"""Takes the pictures of the dashboard in docs/screenshots: `python docs/make_screenshots.py [VIEW...]`.

Needs playwright, a development dependency, and Chromium; CHROMIUM names another than /usr/bin/chromium.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import requests
from playwright.sync_api import sync_playwright

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KEY: Final = "demo-key"
FOLDER: Final = Path(__file__).parent / "screenshots"
SAMPLES: Final = Path(__file__).parents[1] / "mock_custify" / "samples" / "messages.jsonl"
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
WIDE: Final = {"width": 1280, "height": 800}
NARROW: Final = {"width": 390, "height": 844}
GROUP: Final = "tr:has-text('group'):has-text('u-grace') >> nth=0"
FIRST: Final = ("Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "John", "Radia", "Tim")
LAST: Final = (
    "Byron",
    "Hopper",
    "Mathison",
    "Wybe",
    "Liskov",
    "Ervin",
    "Allen",
    "Backus",
    "Perlman",
    "Berners",
)
HABITS: Final = (
    {"country": "UK", "betaTester": True, "trialEndsAt": "2026-04-01"},
    {"country": "USA", "seats": 12, "sessionCount": 7},
    {"country": "Romania", "score": 7.5, "phone": "+40 21 555 0100"},
)
FIRMS: Final = (
    "Acme",
    "Globex",
    "Initech",
    "Umbrella",
    "Hooli",
    "Stark",
    "Wayne",
    "Wonka",
    "Soylent",
    "Tyrell",
)


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name, the address in the page, and how the page is looked at."""

    name: str
    path: str
    wait: str
    dark: bool = False
    narrow: bool = False
    press: str = ""
    whole: bool = False


SHOTS: Final = (
    Shot("live", "live", ".list tr[data-number]"),
    Shot("live-message", "live", ".rules .applies", press=GROUP, whole=True),
    Shot("live-message-dark", "live", ".rules .applies", press=GROUP, dark=True),
    Shot("live-narrow", "live", ".list tr[data-number]", narrow=True),
    Shot("try", "try", ".rules", press="button:text-is('Group')"),
    Shot("try-dark", "try", ".change", press="button:text-is('Remove from a company')", dark=True),
    Shot("try-narrow", "try", ".change", narrow=True),
    Shot("people", "people", ".row-link"),
    Shot("people-narrow", "people", ".row-link", narrow=True),
    Shot("person", "people", ".fields", press=".row-link >> nth=0"),
    Shot("companies", "companies", ".row-link"),
    Shot("company", "companies", ".fields", press=".row-link >> nth=0"),
    Shot("events", "events", ".row-link"),
    Shot("map", "map", ".node"),
    Shot("map-dark", "map", ".node", dark=True),
    Shot("map-narrow", "map", ".node", narrow=True),
    Shot("requests", "requests", ".row-link"),
    Shot("requests-narrow", "requests", ".row-link", narrow=True),
    Shot("request", "requests/1", ".copy"),
    Shot("contract", "contract", "progress[value='5'], .verdict-cell .good >> nth=8", press="button.primary"),
    Shot("control", "control", ".toggle"),
    Shot("control-dark", "control", ".toggle", dark=True),
    Shot("empty", "people", ".empty"),
)


def main(names: list[str]) -> None:
    """Take the pictures that are named, or all."""
    FOLDER.mkdir(exist_ok=True)
    server = ServerThread(create_app())
    fill(server.url)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for shot in SHOTS:
            if not names or shot.name in names:
                take(browser, server.url, shot)
        browser.close()
    server.stop()


def fill(url: str) -> None:
    """Send the samples, a crowd, and some calls that go wrong into the workspace of the key."""
    crowd = [message for number in range(150) for message in member(number)]
    samples = [line for line in SAMPLES.read_text().splitlines() if line]
    requests.post(f"{url}/v1/batch", auth=(KEY, ""), json={"batch": crowd}, timeout=60)
    requests.post(f"{url}/_mock/reset", headers=bearer("empty"), timeout=60)
    for line in samples:
        requests.post(f"{url}/v1/batch", auth=(KEY, ""), data=f'{{"batch":[{line}]}}', timeout=60)
    requests.put(f"{url}/_mock/snapshots/after%20the%20import", headers=bearer(), timeout=60)
    fault = {"method": "POST", "path": "/people", "status": 503, "times": 2}
    requests.post(f"{url}/_mock/faults", headers=bearer(), json=fault, timeout=60)


def bearer(key: str = KEY) -> dict[str, str]:
    """Return the header that names a workspace."""
    return {"Authorization": f"Bearer {key}"}


def member(number: int) -> list[dict[str, Any]]:
    """Return the messages that put one made-up person into one or two companies."""
    first = FIRST[number % 10]
    name = f"{first} {LAST[number * 7 // 10 % 10]}"
    user = {"userId": f"u-{number:03}"}
    traits = {"name": name, "email": f"{first.lower()}.{number}@example.com", **HABITS[number % 3]}
    company = (number * number) % 13 % 10
    second = [(company + 3) % 10] if number % 9 == 0 else []
    groups = [
        {
            "type": "group",
            **user,
            "groupId": FIRMS[index].lower(),
            "traits": {
                "name": FIRMS[index],
                "size": 40 * index + 10,
                "plan": ("Free", "Pro", "Team")[index % 3],
            },
            "context": {"traits": traits},
        }
        for index in (company, *second)
    ]
    visit = {
        "type": "track",
        **user,
        "event": ("Signed In", "Report Exported")[number % 2],
        "properties": {"page": number},
    }
    return [*groups, visit]


def take(browser: Browser, url: str, shot: Shot) -> None:
    """Take one picture."""
    page = browser.new_page(
        viewport=NARROW if shot.narrow else WIDE,  # type: ignore[arg-type] # a dict is what it takes
        color_scheme="dark" if shot.dark else "light",
    )
    key = "nobody" if shot.name == "empty" else KEY
    page.add_init_script(f"localStorage.setItem('mock-custify.key', {key!r})")
    page.on("console", lambda message: complain(shot, message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complain(shot, str(error)))
    page.goto(f"{url}/_mock/ui/#/{shot.path}")
    if shot.press:
        page.click(shot.press)
    page.wait_for_selector(shot.wait)
    settle(page)
    page.screenshot(path=FOLDER / f"{shot.name}.png", full_page=shot.whole, animations="disabled")
    page.close()


def settle(page: Page) -> None:
    """Wait until the page is live and nothing moves."""
    page.wait_for_selector(".link-state.is-live")
    page.wait_for_timeout(700)


def complain(shot: Shot, text: str) -> None:
    """Tell of a mistake in the page."""
    sys.stderr.write(f"{shot.name}: {text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
