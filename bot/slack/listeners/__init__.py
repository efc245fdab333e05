"""What Slack sends, one file per surface. Every listener reads, hands over to a use case, and replies.

All of them run in the background, after the ack has left; only the account search answers within the ack.
"""
