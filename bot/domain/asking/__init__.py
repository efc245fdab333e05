"""Questions in people's own words: the closed set of what can be asked, and how words become one of it. Pure."""
