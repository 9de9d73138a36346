"""Start the image of the fake and call it; needs a container engine and `pip install testcontainers`."""

from __future__ import annotations

import requests
from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs

with DockerContainer("mock-custify").with_exposed_ports(8765) as container:
    wait_for_logs(container, "mock-custify ready on")
    url = f"http://{container.get_container_host_ip()}:{container.get_exposed_port(8765)}"
    headers = {"Authorization": "Bearer any-key"}
    person = requests.post(f"{url}/people", json={"user_id": "u1"}, headers=headers, timeout=5).json()
    print(person["user_id"])  # noqa: T201 - an example
