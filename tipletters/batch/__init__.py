"""Many letters of one kind from a table: judged first, then made, each on the same road as a single letter."""

from tipletters.batch.folder import Folder
from tipletters.batch.outcome import Outcome, State
from tipletters.batch.plan import Order, Zeros
from tipletters.batch.prepare import Options, Prepared, prepare
from tipletters.batch.report import write_reports
from tipletters.batch.run import Work, hold, judged, run_of, written
from tipletters.batch.tally import Tally

__all__ = [
    "Folder", "Options", "Order", "Outcome", "Prepared", "State", "Tally", "Work", "Zeros", "hold", "judged", "prepare",
    "run_of", "write_reports", "written",
]  # fmt: skip
