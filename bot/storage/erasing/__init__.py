"""Erasure: which columns hold people's words, where somebody is named in them, and writing them without that person."""
