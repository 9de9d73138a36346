"""The modules behind `mock_custify.MockCustify`, the interception of HTTP clients, and the pytest plugin."""
