"""An application that sends its messages to the fake: three lines to change in your own.

Install the SDK with `pip install rudder-sdk-python`, start `mock-custify serve` in another terminal, then run
`python examples/python/app.py [URL]`.
"""

import sys

from rudderstack.analytics.client import Client

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8765"
analytics = Client(
    "demo-key",  # 1. the write key: it names the workspace of the fake
    host=URL,  # 2. the data plane
    on_error=lambda error, _batch: sys.exit(f"not sent: {error}"),  # 3. reports a refused key
)

analytics.identify("u1", {"email": "ann@example.com", "name": "Ann", "plan": "trial"})
analytics.group("u1", "acme", {"name": "Acme Inc", "size": 150})
analytics.track("u1", "Order Completed", {"value": 120, "first": True})
analytics.flush()
analytics.join()
sys.stdout.write(f"sent: see {URL}/_mock/ui/\n")
