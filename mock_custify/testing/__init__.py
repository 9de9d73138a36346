"""What tests use: `MockCustify`, the interception of HTTP clients, and the pytest plugin."""
