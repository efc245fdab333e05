"""Drafts from facts: skill folders, their contract, the gates behind which a model writes, and the way without one."""
