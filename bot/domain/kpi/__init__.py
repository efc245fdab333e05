"""Figures an account team can defend: pure functions over typed facts, each with its formula and where it is from.

`base` says what a figure is; `holdings` what customers pay on two days; then one file per family. `catalogue` names
what can be asked for. Amounts of one call are in one currency. Nothing is rounded before it is shown.
"""
