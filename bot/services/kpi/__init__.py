"""Figures on request: whose, over which days, from which rows."""
