"""A chapter of the workbook."""

from collections.abc import Mapping
from typing import Any

from trajectories.forms.base import TextField, VersionForm
from trajectories.forms.health import HealthAware
from trajectories.queries.workbook import Chapter


class ChapterForm(HealthAware, VersionForm):
    """One field per prompt; none has to be filled in."""

    def __init__(
        self,
        *args: Any,
        chapter: Chapter,
        kept: Mapping[str, str],
        sees: tuple[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {}
        for prompt in chapter.prompts:
            self.fields[prompt.key] = TextField(
                label=prompt.label,
                help_text=prompt.help,
                rows=4,
                required=False,
                initial=kept.get(prompt.key, ""),
            )
            self.sees[prompt.key] = sees

    @property
    def answers(self) -> dict[str, str]:
        """Return what was written, by prompt."""
        return {name: words for name, words in self.cleaned_data.items() if name != "version"}
