"""Short messages after something was done, with a way back where there is one.

They travel in Django's messages, so that they survive a redirect; an htmx answer carries them in HX-Trigger.
"""

from django.contrib import messages

_LEVELS = {
    "good": messages.SUCCESS,
    "soon": messages.WARNING,
    "late": messages.ERROR,
    "calm": messages.INFO,
}
_TONES = {level: tone for tone, level in _LEVELS.items()}
_UNDO = "undo:"


def add(request, text, undo_url=None, tone="good"):
    """Show `text` on the next page or in this htmx answer. `undo_url` is posted to when "Hoàn tác" is pressed."""
    messages.add_message(
        request,
        _LEVELS[tone],
        text,
        extra_tags=f"{_UNDO}{undo_url}" if undo_url else "",
    )


def take(request):
    """The waiting messages as dicts (text, tone, undo); reading them uses them up."""
    return [
        {
            "text": str(message.message),
            "tone": _TONES.get(message.level, "calm"),
            "undo": message.extra_tags.removeprefix(_UNDO) if (message.extra_tags or "").startswith(_UNDO) else "",
        }
        for message in messages.get_messages(request)
    ]
