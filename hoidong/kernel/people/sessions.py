"""Sign-in sessions a person can see and end."""

from allauth.usersessions.models import UserSession


def of(account, current_key):
    """The living sessions of an account, this one first. Dead ones are swept away."""
    living = [session for session in UserSession.objects.filter(user=account).order_by("-last_seen_at") if session.exists()]
    for session in living:
        session.current = session.session_key == current_key
        session.device = _device(session.user_agent)
    return sorted(living, key=lambda session: not session.current)


def end(account, pk):
    """End one session of this account; False when it is not there."""
    session = UserSession.objects.filter(user=account, pk=pk).first()
    if session is None:
        return False
    session.end()
    return True


def end_all(account):
    """End every session of an account."""
    for session in UserSession.objects.filter(user=account):
        session.end()


def _device(agent):
    """`Chrome, Windows` out of what a browser says about itself."""
    names = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("CocCoc", "Cốc Cốc"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))
    browser = next((name for sign, name in names if sign in agent), "")
    system = next((name for sign, name in systems if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent[:60]
