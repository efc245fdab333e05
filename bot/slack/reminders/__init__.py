"""Reminders on their way out: claimed, addressed, posted, and looked for when their fate is not known."""
