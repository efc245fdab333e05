"""A copy as slides: 16:9, one message each, native charts and tables that stay editable.

`stage` holds the opened presentation and its layouts; `look` is the default design; one file per kind of slide.
"""

from bot.documents.deck.writer import write_deck

__all__ = ["write_deck"]
