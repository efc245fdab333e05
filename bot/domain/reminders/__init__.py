"""What should be said to whom, and when: pure rules. The rows are kept in `bot/storage/reminders.py`."""
