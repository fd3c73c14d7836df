"""The form renderer: labels, help, errors and what was typed, tied together for eye and ear."""

import re

import pytest
from django import forms
from django.utils import translation

from portal.interface.forms import DateInput, DateTimeInput


class Sample(forms.Form):
    """One field of each kind that needs care."""

    sees = {"question": ("shared", "U en uw adviseur")}

    question = forms.CharField(
        widget=forms.Textarea, label="Uw vraag", help_text="Twee zinnen.", max_length=20
    )
    on = forms.DateField(widget=DateInput, label="Datum")
    at = forms.DateTimeField(widget=DateTimeInput, label="Moment", required=False)
    pot = forms.ChoiceField(
        choices=[("a", "Eigen"), ("b", "Afdeling")], widget=forms.RadioSelect, label="Wie betaalt?"
    )
    kind = forms.ChoiceField(choices=[("x", "Ex"), ("y", "Ij")], label="Soort")
    agreed = forms.BooleanField(label="Akkoord")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


TYPED = {
    "question": "veel te lang <b>voor dit</b> vak",
    "on": "geen datum",
    "pot": "b",
    "kind": "y",
    "secret": "s1",
}


@pytest.fixture(autouse=True)
def _dutch():
    with translation.override("nl"):
        yield


def drawn(form: forms.Form) -> str:
    """Return the form without the line ends that mean nothing."""
    return re.sub(r"\s+(?=[<>])", "", str(form))


def attributes(html: str, name: str) -> str:
    found = re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)
    assert found, f"{name} is not drawn"
    return found[0]


def test_a_label_and_a_description_belong_to_the_field():
    html = drawn(Sample())
    assert '<label class="utrecht-form-label" for="id_question">Uw vraag</label>' in html
    assert 'aria-describedby="id_question_helptext"' in attributes(html, "question")
    assert '<p class="utrecht-form-field__description" id="id_question_helptext">Twee zinnen.</p>' in html


def test_a_field_says_who_sees_what_is_typed_there():
    html = drawn(Sample())
    assert html.count('class="sees sees--shared"') == 1
    assert "U en uw adviseur</span>" in html


def test_optional_is_said_in_words_and_only_there():
    assert drawn(Sample()).count("hoeft niet") == 1  # the moment; the hidden field has no words


def test_an_error_is_tied_to_its_field_and_marked_for_the_ear():
    html = drawn(Sample(TYPED))
    field = attributes(html, "question")
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_question_helptext id_question_error"' in field
    assert re.search(r'<div id="id_question_error"><p class="errormsg"><svg class="icon"', html)


def test_the_summary_leads_to_each_field_and_counts():
    html = drawn(Sample({**TYPED, "pot": ""}))
    summary = html.split("</ul>", maxsplit=1)[0]
    assert "4 dingen kloppen nog niet" in summary
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links == ["id_question", "id_on", "id_pot_0", "id_agreed"]
    assert [link for link in links if f'id="{link}"' not in html] == []
    assert "Wie betaalt? Kies er één." in summary
    assert "Akkoord: Zet hier een vinkje om verder te gaan." in summary


def test_one_mistake_is_one_thing():
    form = Sample({"question": "kort", "on": "2026-12-08", "pot": "a", "kind": "x"})
    assert "Eén ding klopt nog niet" in drawn(form)


def test_what_was_typed_comes_back_and_safely():
    html = drawn(Sample(TYPED))
    assert "veel te lang &lt;b&gt;voor dit&lt;/b&gt; vak</textarea>" in html
    assert 'value="geen datum"' in attributes(html, "on")
    assert re.search(r'<input type="radio"[^>]*value="b"[^>]*checked', html)
    assert '<option value="y" selected>' in html
    assert 'value="s1"' in attributes(html, "secret")


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = drawn(Sample({}))
    group = html.split("<fieldset")[1].split("</fieldset>", maxsplit=1)[0]
    assert '<legend class="utrecht-form-fieldset__legend">Wie betaalt?</legend>' in group
    assert 'aria-describedby="id_pot_error"' in group
    assert group.count('class="utrecht-radio-button utrecht-radio-button--html-input"') == 2


def test_errors_of_the_whole_form_stand_in_the_summary():
    form = Sample({"question": "kort", "on": "2026-12-08", "pot": "a", "kind": "x", "agreed": "on"})
    assert form.is_valid()
    form.add_error(None, "Deze datum is vol.")
    assert "<li>Deze datum is vol.</li>" in drawn(form)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_native_date_fields_get_the_form_browsers_understand(language):
    with translation.override(language):
        html = drawn(Sample(initial={"on": "2026-12-08", "at": "2026-12-08T09:30"}))
        assert 'type="date"' in attributes(html, "on")
        assert 'value="2026-12-08"' in attributes(html, "on")
        assert 'type="datetime-local"' in attributes(html, "at")
        sent = Sample(
            {**TYPED, "question": "kort", "on": "2026-12-08", "at": "2026-12-08T09:30", "agreed": "on"}
        )
        assert sent.is_valid(), sent.errors


def test_attributes_of_a_widget_reach_the_page_and_classes_are_joined():
    class Note(forms.Form):
        text = forms.CharField(widget=forms.Textarea(attrs={"data-dossier": "", "class": "wide"}))

    field = attributes(drawn(Note()), "text")
    assert 'data-dossier=""' in field
    assert field.count("class=") == 1
    assert 'class="utrecht-textarea utrecht-textarea--html-textarea wide"' in field
