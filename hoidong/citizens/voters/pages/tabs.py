"""The views of a list as tabs above it: each leads to its page one, keeps the filters, and says how many rows it holds."""

from hoidong.kernel.ui.looks import Tab


def tabs_of(request, views, tallies, current):
    """The tabs of a list, from its views and what `counting` says of each."""
    return [_tab(request, view, tallies[view.code], view is current) for view in views]


def _tab(request, view, tally, current):
    query = request.GET.copy()
    query["xem"] = view.code
    query.pop("trang", None)
    return Tab(str(view.label), f"?{query.urlencode()}", tally.number, late=view.late, current=current, more=tally.more)
