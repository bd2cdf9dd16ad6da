"""Parallax: how news outlets word the same events.

Loaded terms of lexicons are matched in articles; every word has a zone (headline, body …) and a voice
(the outlet's own, attributed, quoted, scare quotes); rates and comparisons take the article as the
sampling unit. The numbers are those of the command ``parallax``, to the byte.

>>> import parallax
>>> report = parallax.report("seeds")                      # doctest: +SKIP
>>> report.rates.to_pandas()                               # doctest: +SKIP
"""

from ._articles import Articles
from ._lexicon import Finding, Lexicon, builtin
from ._parallax import LexiconError, ParallaxError, __version__
from ._report import Diff, Report, diff, load, report
from ._table import Table
from ._tally import Tallies, explain, kwic, tally

__all__ = [
    "Articles",
    "Diff",
    "Finding",
    "Lexicon",
    "LexiconError",
    "ParallaxError",
    "Report",
    "Table",
    "Tallies",
    "__version__",
    "builtin",
    "diff",
    "explain",
    "kwic",
    "load",
    "report",
    "tally",
]
