"""Files in, typed rows out: `survey` finds what can be imported, `SourceFile.rows` streams it. No database, no clock.

found = survey([Path("export/")], Options(zone=ZoneInfo("Europe/Berlin")), remembered)
for file in found.files:
    for row in file.rows():
        ...
"""

from bot.importers.errors import ImportFileError
from bot.importers.file import SourceFile
from bot.importers.mapping import Mapping, load_mapping, save_mapping
from bot.importers.options import Options, Question
from bot.importers.survey import Skipped, Survey, survey
from bot.importers.table import FileFormat

__all__ = [
    "FileFormat",
    "ImportFileError",
    "Mapping",
    "Options",
    "Question",
    "Skipped",
    "SourceFile",
    "Survey",
    "load_mapping",
    "save_mapping",
    "survey",
]
