"""The workspace as a page: Block Kit to HTML as pure functions, the panes around it, and the routes that serve them."""
