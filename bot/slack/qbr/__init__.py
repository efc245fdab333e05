"""Business reviews in Slack: a thread in the asker's direct message, from the first step to the shared copy."""
