"""unittest: the fake lives from setUp to the end of each test."""

import unittest

from examples.sync_people import report_sign_up
from mock_custify import MockCustify


class SignUpTest(unittest.TestCase):
    """Sign-ups reach Custify."""

    def setUp(self) -> None:
        """Answer https://api.custify.com until the test ends."""
        self.custify = self.enterContext(MockCustify())

    def test_a_sign_up_creates_the_company(self) -> None:
        """A new company exists after the first sign-up."""
        report_sign_up("u1", "group01", "any-key")

        self.assertIsNotNone(self.custify.company(company_id="group01"))  # noqa: PT009 - this is unittest
