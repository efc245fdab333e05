"""Serving: one workspace at work, and several of them in one process that know nothing of each other."""
