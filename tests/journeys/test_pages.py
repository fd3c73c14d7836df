"""Every page that an account reaches: it answers, it speaks one language, and axe finds nothing on it."""

import pytest

from portal.demo.accounts import content
from tests.browser import NARROW, WIDE, Visitor
from tests.journeys.conftest import SignIn
from tests.journeys.mainline import address
from tests.journeys.walking import foreign_words, glance, walk

NAMES = {row["account"]: row["name"] for row in content("accounts")["accounts"]}
LANGUAGES = ["nl", "en"]
# Axe looks at each template once in a session, at a phone's width; `make test-long` for each account, at both.
SEEN: set[str] = set()


def problems_of(visitor: Visitor, name: str, language: str, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with the page in front of the visitor, to axe at these widths."""
    found = visitor.problems(*widths) if widths else glance(visitor)
    found += [f"not {language}: {text}" for text in foreign_words(visitor, language)]
    visitor.complaints.clear()
    return [f"{name} {problem}" for problem in found]


def problems(visitor: Visitor, language: str, *, thorough: bool) -> list[str]:
    """Walk all pages; return what is wrong with them."""
    found = []
    for name in walk(visitor, language):
        widths = (WIDE, NARROW) if thorough else () if name in SEEN else (NARROW,)
        SEEN.add(name)
        found += problems_of(visitor, name, language, widths)
    return found


# In make test the accounts with most pages; make test-long looks at all of them, in both languages.
@pytest.mark.parametrize("account", ["employee", "advisor"])
def test_every_page_of_an_account(account: str, sign_in: SignIn) -> None:
    """The Dutch pages of each account; the English ones follow in the long tests."""
    assert problems(sign_in(account), "nl", thorough=False) == []


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("account", NAMES)
def test_every_page_looked_at_by_axe(account: str, language: str, sign_in: SignIn) -> None:
    """All pages of each account in both languages, axe included."""
    assert problems(sign_in(account, language), language, thorough=True) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_visitor(language: str, open_window) -> None:
    """Without signing in: home, catalogue and what the portal says of itself."""
    assert problems(open_window(), language, thorough=False) == []


@pytest.mark.parametrize(
    "account",
    ["employee2", *(pytest.param(name, marks=pytest.mark.long) for name in NAMES if name != "employee2")],
)
def test_own_file_names_the_account(account: str, sign_in: SignIn) -> None:
    """/mijn/ and /mine/ say whose they are, each in its own language."""
    visitor = sign_in(account)
    for language in LANGUAGES:
        visitor.open(address("mine", language))
        assert NAMES[account] in visitor.page.inner_text("main")
        assert foreign_words(visitor, language) == []
