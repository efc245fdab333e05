"""Questions in people's own words: understood, looked up through the use cases there are, answered with receipts."""
