"""Typed readers: a wrong value stops the start with its name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env


@pytest.mark.parametrize(
    ("raw", "value"), [("yes", True), ("1", True), (" On ", True), ("no", False), ("", False)]
)
def test_flag(monkeypatch, raw, value):
    monkeypatch.setenv("PORTAL_TRY", raw)
    assert env.flag("PORTAL_TRY") is value


def test_flag_that_is_not_set_has_its_default():
    assert env.flag("PORTAL_TRY", default=True) is True


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (env.flag, "perhaps"),
        (lambda name: env.number(name, 1), "one"),
        (lambda name: env.number(name, 1, low=1, high=65535), "70000"),
        (lambda name: env.choice(name, "demo", ("demo", "test")), "both"),
        (env.keys, "too-short"),
        (env.redis, "localhost:6379"),
        (env.database, "mysql://root@localhost/portal"),
        (env.database, "postgresql://localhost"),
        (env.database, "postgresql://localhost:port/portal"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch, read, raw):
    monkeypatch.setenv("PORTAL_TRY", raw)
    with pytest.raises(ImproperlyConfigured, match="PORTAL_TRY"):
        read("PORTAL_TRY")


def test_database_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("PORTAL_TRY", "postgresql://portal_web:p%40ss%2Fword@db.example:5433/portal")
    assert env.database("PORTAL_TRY") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "portal_web",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": 5},
    }


def test_database_address_keeps_its_options(monkeypatch):
    monkeypatch.setenv(
        "PORTAL_TRY", "postgresql://u:p@db.example/portal?sslmode=verify-full&connect_timeout=9"
    )
    found = env.database("PORTAL_TRY")
    assert found is not None
    assert found["OPTIONS"] == {"connect_timeout": "9", "sslmode": "verify-full"}
