"""What Steward says unasked. Each rule has a file that says what happened; `message` puts it together with what to do.

A message is read in seconds, often on a telephone: what happened, why now, the next step, what is missing.
"""
