"""Where the templates of these tests lie."""

from pathlib import Path

HERE = Path(__file__).parent
