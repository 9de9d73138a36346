"""The command `mock-custify contract`: its options, the targets under test, and what it prints."""
