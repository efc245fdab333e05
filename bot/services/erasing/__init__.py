"""Erasing people and accounts from everything that is kept, and keeping imports from bringing them back."""
