"""Reminders: planned as rows, sent once, told about when they cannot be."""
