"""The dashboard at /_mock/ui/: a page that shows what the messages of an application became."""

from mock_custify.dashboard.install import install

__all__ = ["install"]
