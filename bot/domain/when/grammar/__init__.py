"""The grammar of phrases about time: tables of patterns over normalised words.

`words` brings a text into the one spelling of the `vocabulary`, `patterns` is the language of the tables, `clocks`
takes the time of day off a phrase, `amounts` reads lengths of time. `days` (with `weekdays`, `periods` and `numeric`),
`repeats` and `anchors` are the tables of what can be said, `unclear` those of what is asked about or refused.
`meanings` puts them together: a phrase means whatever any row says, and with two meanings it is asked about.
"""
