"""What a person searched for lately, kept in the sign-in and gone with it."""

KEY = "search.lately"
MOST = 6


def lately(request):
    """The last words searched for, newest first."""
    return list(request.session.get(KEY, []))


def remember(request, words):
    """Put words first; a sign-in keeps the last few."""
    words = words[:80]
    kept = lately(request)
    if kept[:1] != [words]:
        request.session[KEY] = [words, *(one for one in kept if one != words)][:MOST]
