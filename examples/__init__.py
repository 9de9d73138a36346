"""Tests of your own code against the fake, one for each way to write them."""
