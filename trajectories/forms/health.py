"""Forms in which somebody may write about health by accident (J10)."""

from django import forms

from trajectories.queries.health_words import found_in


class HealthAware(forms.Form):
    """Asks once before keeping words about health; sending it again keeps the text as it is.

    The form comes back without an error and with `health_words`; the prompt is drawn with the form, says why, and
    carries the words that were shown, so that other ones are asked about again. Views and pages need nothing for it.
    """

    prompt_template = "trajectories/parts/health_prompt.html"

    SEEN = "health_seen"
    # Fields about illness by their nature, and about nobody's.
    UNASKED: frozenset[str] = frozenset()
    health_words: tuple[str, ...] = ()

    def is_complete(self) -> bool:
        """Tell whether it could be kept, asking nothing: for what is kept while somebody types."""
        return super().is_valid()

    def is_valid(self) -> bool:
        """Hold back a text with such words until the writer has seen the question."""
        if not self.is_complete():
            return False
        words = found_in("\n".join(self._written()))
        seen = {word.lower() for word in self.data.get(self.SEEN, "").split("|")}
        self.health_words = () if {word.lower() for word in words} <= seen else tuple(words)
        return not self.health_words

    @property
    def health_seen(self) -> str:
        """The words that the prompt shows, for its hidden field."""
        return "|".join(self.health_words)

    def _written(self) -> list[str]:
        """Return what was typed in the form's own words."""
        return [
            str(self.cleaned_data.get(name) or "")
            for name, field in self.fields.items()
            if name not in self.UNASKED and isinstance(field, forms.CharField) and not field.widget.is_hidden
        ]
