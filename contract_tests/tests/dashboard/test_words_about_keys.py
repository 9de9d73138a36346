"""The first page shows a command that works as it is, and says what is wrong with a key."""

import requests

from support.dashboard import show


def test_the_sample_command_has_the_key_of_the_page(page, server, key, expect):
    show(page, "live")

    expect(page.locator(".empty pre")).to_contain_text(f"curl -u {key}: {server.url}/v1/identify")


def test_a_key_with_other_characters_is_quoted_in_the_sample_command(page, expect):
    page.evaluate("() => { localStorage['mock-custify.key'] = 'o\\'neill key' }")

    show(page, "live")

    expect(page.locator(".empty pre")).to_contain_text("curl -u 'o'\\''neill key:' ")


def test_a_bearer_key_for_the_data_plane_is_a_key_in_another_header(page, server, expect):
    headers = {"Authorization": "Bearer KEY"}
    requests.post(f"{server.url}/v1/identify", json={"userId": "u1"}, headers=headers, timeout=30)

    show(page, "live")

    expect(page.locator(".notices")).to_contain_text(
        "refused because the key was missing or in another header"
    )
    expect(page.locator(".notices")).not_to_contain_text("--api-key")
