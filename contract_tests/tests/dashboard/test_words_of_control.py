"""The view Control counts in the singular, and its form about faults can be read."""

from support.dashboard import GROUP, call, send, show


def test_one_record_of_a_kind_is_in_the_singular(page, server, key, expect):
    send(server, key, GROUP)
    call(server, key, "PUT", "/_mock/snapshots/before")

    show(page, "control")

    expect(page.locator("main")).to_contain_text("Delete all records: 1 person, 1 company, 0 events.")
    expect(page.locator("main")).to_contain_text(" · 1 person, 1 company, 0 events")


def test_a_fault_counts_one_call_in_the_singular(page, server, key, expect):
    call(server, key, "POST", "/_mock/faults", {"status": 503})
    call(server, key, "GET", "/people/all")

    show(page, "control")

    expect(page.locator("ol.faults li span").first).to_contain_text("applied to 1 of 1 call")
    expect(page.locator("ol.faults li span").first).not_to_contain_text("1 calls")


def test_the_number_of_a_fault_has_a_label(page, expect):
    show(page, "control")

    expect(page.locator("label:has(input[name=number]) span")).to_have_text("Status or seconds")


def test_the_longest_effect_of_a_fault_fits_into_its_list(page):
    show(page, "control")

    widths = page.evaluate(
        """() => {
          const list = document.querySelector('select[name=effect]');
          const copy = document.body.appendChild(list.cloneNode(true));
          const { font } = getComputedStyle(list);
          copy.style.cssText = `position: absolute; width: auto; min-width: 0; font: ${font}`;
          return [list.offsetWidth, copy.offsetWidth];
        }"""
    )

    assert widths[0] >= widths[1]
