"""Makes known to the kernel what rounds print, bring in and tell. Called once, when the app is ready."""

from hoidong.kernel import notices, papers, sheets, workflow

from . import moves, paper, queries, receivers
from . import sheets as plan_sheets
from .states import RoundState


def connect():
    """Register the plan's paper and its readers, the import, the notices and the diagram of states."""
    papers.register(paper.PLAN)
    papers.serve_rule("voters.round", may_see_plan)
    sheets.register(plan_sheets.PlanImporter())
    notices.register(*receivers.KINDS)
    workflow.describe("rounds", moves.MOVES, RoundState, RoundState.DRAFT)


def may_see_plan(actor, stored):
    """Who may see the round reads the plan kept at its publication."""
    return actor is not None and queries.rounds_for(actor).filter(pk=stored.subject_id).exists()
