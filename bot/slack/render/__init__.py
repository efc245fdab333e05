"""Results to messages: pure functions, one file per view. All text from data passes through `text.py`."""
