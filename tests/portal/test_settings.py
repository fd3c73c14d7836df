"""Production refuses to start when something that protects people is missing."""

import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

GOOD = {
    "PORTAL_MODE": "production",
    "PORTAL_SECRET_KEY": "a-long-and-random-secret-for-this-test-0123456789-abcdefghij",
    "PORTAL_ALLOWED_HOSTS": "loopbaan.universiteit.example",
    "PORTAL_ENCRYPTION_KEYS": "5w1mVq3P0v5p6yq2s8b8pQmB3m7kQ3v8aQ3x0u1t2s4=",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "DATABASE_URL": "postgresql://portal_web:x@127.0.0.1:1/portal",
    "PORTAL_OWNER_DATABASE_URL": "postgresql://portal_owner:x@127.0.0.1:1/portal",
}


def manage(*arguments, **changes):
    """Run a command with the environment of production; None takes a variable away."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    given = {name: value for name, value in (kept | GOOD | changes).items() if value is not None}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"PORTAL_SECRET_KEY": None}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "development-only-" + "0" * 40}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_DEBUG": "yes"}, "PORTAL_DEBUG"),
        ({"PORTAL_ALLOWED_HOSTS": None}, "PORTAL_ALLOWED_HOSTS"),
        ({"PORTAL_ALLOWED_HOSTS": "*"}, "PORTAL_ALLOWED_HOSTS"),
        ({"PORTAL_ENCRYPTION_KEYS": None}, "PORTAL_ENCRYPTION_KEYS"),
        ({"PORTAL_ENCRYPTION_KEYS": "not-a-key"}, "PORTAL_ENCRYPTION_KEYS"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"REDIS_URL": None}, "REDIS_URL"),
        ({"PORTAL_MODE": "holiday"}, "PORTAL_MODE"),
        ({"PORTAL_REQUIRE_MFA": "perhaps"}, "PORTAL_REQUIRE_MFA"),
    ],
)
def test_production_does_not_start(changes, sentence):
    done = manage("check", **changes)
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]
    assert done.stdout == ""


def test_several_faults_are_named_together():
    last = manage("check", PORTAL_SECRET_KEY=None, PORTAL_ENCRYPTION_KEYS=None).stderr.splitlines()[-1]
    assert "PORTAL_SECRET_KEY" in last
    assert "PORTAL_ENCRYPTION_KEYS" in last


def test_check_for_deployment_is_clean():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout
