"""Makes known to the kernel what teams print, send along and tell. Called once, when the app is ready."""

from hoidong.kernel import files, notices, papers, workflow

from . import moves, paper, queries, receivers
from .states import TeamState


def connect():
    """Register the paper and its readers, the files of reports, the notices and the diagram of states."""
    papers.register(paper.CONCLUSION)
    papers.serve_rule("voters.supervisionteam", queries.may_see_paper)
    files.serve_rule("voters.demand", queries.may_see_file)
    notices.register(*receivers.KINDS)
    workflow.describe("supervision", moves.MOVES, TeamState, TeamState.WORKING)
