"""The compose file: pinned, private, and without a password of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers import VERSIONS

FILE = Path(__file__).parents[1] / "docker-compose.yml"


@pytest.fixture
def services() -> dict[str, Any]:
    services = yaml.safe_load(FILE.read_text("utf-8"))["services"]
    assert isinstance(services, dict)
    return services


def test_images_are_the_releases_that_the_tests_run_on(services: dict[str, Any]) -> None:
    assert services["neo4j"]["image"] == f"neo4j:{VERSIONS['neo4j-5']}-community"
    assert services["neo4j-current"]["image"] == f"neo4j:{VERSIONS['neo4j-2026']}-community"
    assert "profiles" not in services["neo4j"]
    assert services["neo4j-current"]["profiles"] == ["current"]


def test_ports_are_on_loopback_and_do_not_clash(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service["ports"]]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert len({port.split(":")[1] for port in ports}) == len(ports)


def test_data_is_kept_in_named_volumes_and_health_is_checked(services: dict[str, Any]) -> None:
    declared = set(yaml.safe_load(FILE.read_text("utf-8"))["volumes"])
    used = [volume.split(":")[0] for service in services.values() for volume in service["volumes"]]
    assert sorted(used) == sorted(declared)
    assert all(
        "cypher-shell" in str(service["healthcheck"]["test"]) for service in services.values()
    )


def compose(password: str | None) -> subprocess.CompletedProcess[str]:
    program = shutil.which("docker-compose")
    arguments = [program, "config"] if program else ["docker", "compose", "config"]
    if (
        not program
        and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode
    ):
        pytest.skip("Compose is not installed")
    environment = {name: value for name, value in os.environ.items() if name != "NEO4J_PASSWORD"}
    if password is not None:
        environment["NEO4J_PASSWORD"] = password
    return subprocess.run(
        arguments, cwd=FILE.parent, env=environment, capture_output=True, text=True
    )


def test_compose_takes_it_with_a_password_only() -> None:
    assert "Set NEO4J_PASSWORD" in compose(None).stderr
    assert "Set NEO4J_PASSWORD" in compose("").stderr
    taken = compose("abc-defgh")
    assert taken.returncode == 0 and taken.stderr == ""
    assert "neo4j/abc-defgh" in taken.stdout
