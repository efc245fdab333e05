"""A copy as a paper: headings, native tables and charts, numbered sources at the end; in Word it stays editable.

`look` is the default design or a company's template, `charts` puts native charts into Word, `writer` goes through the
review.
"""

from bot.documents.paper.writer import write_paper

__all__ = ["write_paper"]
