"""The Web API: one handler per method, a table of what each accepts, and the router that enforces it."""
