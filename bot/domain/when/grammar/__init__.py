"""The grammar of phrases about time: tables of patterns over normalised words.

`words` brings a text into one spelling, `patterns` is the language of the tables, `clocks` takes the time of day off a
phrase, `amounts` reads lengths of time; `days`, `repeats` and `anchors` are the tables of what can be said, `unclear`
those of what is asked about or refused. A phrase means whatever any row says; with two meanings it is asked about.
"""
