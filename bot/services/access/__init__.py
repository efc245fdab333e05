"""Who may see which account: restrictions, and the answer to who sees it and why."""
