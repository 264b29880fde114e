"""A corpus read in shards by many processes or machines, linked in parts; resumed after whatever cut it short."""

from dateline.batch.corpus.engines import Engine, Local
from dateline.batch.corpus.importing import import_run
from dateline.batch.corpus.records import Format, Settings
from dateline.batch.corpus.run import Outcome, Progress, code_corpus
from dateline.batch.corpus.shards import process_shard
from dateline.batch.corpus.status import merge, status

__all__ = [
    "Engine",
    "Format",
    "Local",
    "Outcome",
    "Progress",
    "Settings",
    "code_corpus",
    "import_run",
    "merge",
    "process_shard",
    "status",
]
