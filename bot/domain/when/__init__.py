"""Time as people mean it: working days, wall times, recurrences, and the phrases that name them.

`calendars` knows which days are worked, `wall` turns wall times into instants, `recurrence` repeats them, `stored`
keeps that as text. Nothing here asks a clock: every function is told what time it is.
"""
