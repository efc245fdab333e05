"""The last look at a customer's file: it is opened again, and nothing internal may be anywhere in it.

`secrets` says what is looked for, `opened` everything a file holds (text, notes, alt text, charts and their workbooks,
properties, links, names of entries), `canon` makes spellings alike, `check` finds. What cannot be read is a finding.
"""

from bot.documents.lint.check import Finding, InternalFoundError, lint, lint_text, refuse
from bot.documents.lint.secrets import Secret, Watch, watch_for

__all__ = ["Finding", "InternalFoundError", "Secret", "Watch", "lint", "lint_text", "refuse", "watch_for"]
