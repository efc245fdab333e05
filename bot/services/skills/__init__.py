"""Use cases around skills: what they may read, running one, what that costs, who looked after the manuals."""
