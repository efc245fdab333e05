"""Business reviews: gathered from facts, drafted, edited, approved, shared."""
