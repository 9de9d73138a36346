"""Runs the command line: `mock-custify`, or `python -m mock_custify`."""

from mock_custify.cli import main

if __name__ == "__main__":
    main()
