"""Histories with known truth, and how much of it a draft finds, cites and gets right."""
