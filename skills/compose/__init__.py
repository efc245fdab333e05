"""A draft without a model: the sentences of the record that matter most, word for word, one per topic.

`ranked` finds them (salience by topic, recency, severity and seniority; months rolled up), `chosen` picks (different
things, the newest word on each), `quoting` and `showing` make claims of them. Standard library only.
"""

from __future__ import annotations

from skills.compose.choice import chosen, quoting, showing
from skills.compose.lexicon import Topic
from skills.compose.ranking import ranked
from skills.compose.salience import Point

__all__ = ["Point", "Topic", "chosen", "quoting", "ranked", "showing"]
