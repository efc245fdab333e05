"""The rules of a business review: which days it covers, what became of promises, how adoption moved."""
