"""Business reviews."""
