"""How business reviews look in Slack."""
