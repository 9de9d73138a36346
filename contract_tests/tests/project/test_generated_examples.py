"""What Hypothesis generates is judged by what comes of it, not by how long it takes."""

from hypothesis import HealthCheck, settings


def test_an_example_may_take_any_time():
    used = settings()

    assert used.deadline is None
    assert HealthCheck.too_slow in used.suppress_health_check
