"""All the tables of a user's folder looked through at once, before the first report is read with them."""

from __future__ import annotations

from dateline.knowledge.actors import registry
from dateline.knowledge.cues import cue_verbs
from dateline.knowledge.folder import KnowledgeFolder, folder
from dateline.knowledge.lexicon import lexicon

_LOADERS = {"actors.tsv": registry, "predicates.tsv": lexicon, "types.tsv": lexicon, "cue_verbs.tsv": cue_verbs}


def looked_through() -> KnowledgeFolder | None:
    """The folder in use, once each of its tables has been loaded; None where none is in use.

    Raises KnowledgeError with file:line where the folder or a row of it is wrong.
    """
    here = folder()
    for name in sorted(here.tables) if here else ():
        _LOADERS[name]()
    return here
