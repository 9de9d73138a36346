"""The waits between attempts have a least length, so that a scale of 0 keeps no processor busy."""

from mock_custify.dataplane.delivery.retry import RetryPolicy


def test_a_scale_of_0_waits_longer_and_longer_up_to_a_second():
    waits = [RetryPolicy(scale=0).wait(attempt) for attempt in (1, 2, 50, 100, 10_000)]

    assert waits == [0.01, 0.02, 0.5, 1.0, 1.0]


def test_the_waits_of_other_scales_are_as_they_were():
    assert [RetryPolicy(scale=0.1).wait(attempt) for attempt in (1, 2, 3, 9)] == [1.0, 2.0, 4.0, 30.0]
    assert [RetryPolicy(scale=0.01).wait(attempt) for attempt in (1, 2, 3, 4)] == [0.1, 0.2, 0.4, 0.8]
