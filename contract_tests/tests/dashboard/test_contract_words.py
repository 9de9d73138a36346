"""The view Contract uses the words of the command."""


def test_the_table_of_laws_has_the_columns_of_the_command(page, expect):
    page.goto("/_mock/ui/#/contract")

    expect(page.locator("thead").first.locator("th")).to_have_text(["law", "source", "level", "outcome"])
