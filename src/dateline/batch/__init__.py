"""Many documents: read in order, stored, linked; resumed after an interruption."""

from dateline.batch.coding import Tally, code
from dateline.batch.face import link, read, read_many
from dateline.batch.files import written_files
from dateline.batch.frame import to_frame
from dateline.batch.importing import Imported, import_gazetteer, import_shown
from dateline.batch.progress import shown
from dateline.batch.reading import explained, pipeline, readings
from dateline.batch.writing import Failures, not_read, say, written

__all__ = [
    "Failures",
    "Imported",
    "Tally",
    "code",
    "explained",
    "import_gazetteer",
    "import_shown",
    "link",
    "not_read",
    "pipeline",
    "read",
    "read_many",
    "readings",
    "say",
    "shown",
    "to_frame",
    "written",
    "written_files",
]
