"""The building stones: what each draws."""

import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags


@pytest.fixture(autouse=True)
def _dutch():
    with translation.override("nl"):
        yield


def draw(source: str, **context) -> str:
    context.setdefault("request", RequestFactory().get("/nl/aanbod/?q=wad&page=2"))
    return Template("{% load portal %}" + source).render(Context(context))


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize(
    ("kind", "icon"), [("own", "lock"), ("shared", "users"), ("other", "eye"), ("released", "share")]
)
def test_sees_has_its_own_sign_and_words(kind, icon):
    html = draw("{% sees kind 'Alleen u' %}", kind=kind)
    assert f'class="sees sees--{kind}"' in html
    assert f"sprite.svg#{icon}" in html
    assert words(html) == "Alleen u"


def test_every_icon_in_use_is_in_the_sprite(settings):
    sprite = (settings.BASE_DIR / "static" / "icons" / "sprite.svg").read_text()
    known = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite))
    used: set[str] = set()
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        used |= set(re.findall(r"{% icon [\"']([a-z0-9-]+)[\"']", template.read_text()))
        used |= set(re.findall(r" icon=[\"']([a-z0-9-]+)[\"']", template.read_text()))
        used |= set(re.findall(r"{% empty [\"']([a-z0-9-]+)[\"']", template.read_text()))
    assert used - known == set()


def test_button_sends_its_name_and_value():
    html = draw('{% button "Inschrijven" name="act" value="enrol" about="Wadlopen" %}')
    assert (
        'class="utrecht-button utrecht-button--primary-action" type="submit" name="act" value="enrol"' in html
    )
    assert words(html) == "Inschrijven: Wadlopen"


def test_text_is_escaped_everywhere():
    bad = "<i>x</i>"
    drawn = draw(
        "{% button bad %}{% link '/x' bad %}{% alert 'ok' bad bad %}{% empty 'lock' bad bad %}{% tag bad %}"
        "{% told title=bad text=bad message=bad %}{% sees 'own' bad %}",
        bad=bad,
    )
    assert "<i>" not in drawn
    assert drawn.count("&lt;i&gt;x&lt;/i&gt;") == 11


def test_strip_marks_done_now_and_to_come_in_words():
    steps = [
        {"name": "Aanvraag", "date": "31 augustus", "state": "done"},
        {"name": "Intake", "date": "", "state": "now"},
        {"name": "Afspraken", "date": "", "state": "todo"},
    ]
    html = draw("{% strip steps 'Fasen' %}", steps=steps)
    assert words(html) == "Aanvraag (klaar)31 augustus Intake (hier bent u nu) Afspraken"
    assert html.count('aria-current="step"') == 1


def test_told_shows_the_exact_message_only_to_whom_it_goes():
    quiet = draw('{% told title="Uw leidinggevende krijgt geen bericht." %}')
    loud = draw('{% told informed=True title="Hanneke krijgt dit:" message="Samira vraagt toestemming." %}')
    assert ("eye-off" in quiet, "<blockquote" in quiet) == (True, False)
    assert "<blockquote data-own-words>Samira vraagt toestemming.</blockquote>" in loud
    assert "told--yes" in loud


def test_only_an_error_interrupts():
    drawn = {kind: draw("{% alert kind 'x' %}", kind=kind) for kind in ("ok", "info", "warning", "error")}
    assert [kind for kind, html in drawn.items() if 'role="alert"' in html] == ["error"]


def test_pagination_keeps_the_question():
    html = draw("{% pagination page %}", page=Paginator(range(120), 10).page(2))
    assert words(html) == "Vorige Bladzijde 1 Bladzijde 2 Bladzijde 3 … Bladzijde 12 Volgende"
    assert 'href="?q=wad&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination():
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""
