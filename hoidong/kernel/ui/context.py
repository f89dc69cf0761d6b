"""What the shell of every page needs, read only when a page shows it."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from hoidong.kernel.base import text

from . import appearance

# The names of addresses the shell links to; a name that does not exist leaves its link out.
LINKS = {
    "home": "desk:home",
    "search": "search:find",
    "notices": "notices:list",
    "account": "people:account",
    "help": "portal:help",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "public": "portal:home",
    "look": "ui:look",
    "language": "ui:language",
}


def shell(request):
    """Context processor: `shell` with actor, navigation, unread, links, look; each worked out on first use."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}


class Shell:
    """The frame around a page for one request. Anonymous pages cost no query; others one for the count of notices."""

    def __init__(self, request):
        self._request = request
        self._kept = {}

    @property
    def actor(self):
        """The acting person, or None."""
        return getattr(self._request, "actor", None)

    @property
    def initials(self):
        """The letters in the round beside one's name."""
        return text.initials(self.actor.name) if self.actor else ""

    @property
    def unit_name(self):
        """The unit a person acts for, in short."""
        unit = getattr(self.actor, "unit", None)
        return (getattr(unit, "short_name", "") or getattr(unit, "name", "")) if unit else ""

    @property
    def post_title(self):
        """What a person is, under the name."""
        post = getattr(self.actor, "post", None)
        return getattr(post, "title", "") or (str(post.role.name) if hasattr(getattr(post, "role", None), "name") else "")

    @property
    def navigation(self):
        """Sections of the left side, with the current item marked."""
        if "navigation" not in self._kept:
            source = getattr(settings, "NAVIGATION", None)
            sections = import_string(source)(self.actor) if source and self.actor else []
            self._kept["navigation"] = _mark_current(sections, self._request.path)
        return self._kept["navigation"]

    @property
    def unread(self):
        """How many notices this person has not read."""
        if "unread" not in self._kept:
            source = getattr(settings, "SHELL_COUNTS", None)
            self._kept["unread"] = import_string(source)(self.actor) if source and self.actor else 0
        return self._kept["unread"]

    @property
    def links(self):
        """Addresses by short name (see LINKS, settings.SHELL_LINKS); absent where no such page exists."""
        if "links" not in self._kept:
            self._kept["links"] = _reverse_all(LINKS | getattr(settings, "SHELL_LINKS", {}))
        return self._kept["links"]

    @property
    def look(self):
        """Classes of <html>: print size, dark or light, density."""
        return appearance.classes(appearance.read(self._request))

    @property
    def languages(self):
        """The languages to choose from, none where there is but one."""
        return settings.LANGUAGES if len(settings.LANGUAGES) > 1 else []


def _reverse_all(names):
    found = {}
    for short, name in names.items():
        try:
            found[short] = reverse(name)
        except NoReverseMatch:
            continue
    return found


def _read(thing, name, default=None):
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


def _mark_current(sections, path):
    """The item whose address is the longest beginning of this page's, unless the module marked one itself."""
    items = [item for section in sections for item in _read(section, "items", ())]
    chosen = next((item for item in items if _read(item, "current")), None)
    if chosen is None:
        under = [item for item in items if path.startswith(str(_read(item, "url", "")).split("?")[0]) and _read(item, "url")]
        chosen = max(
            under,
            key=lambda item: len(str(_read(item, "url")).split("?")[0]),
            default=None,
        )
    names = ("label", "url", "icon", "count", "late")
    return [
        {
            "title": _read(section, "title", ""),
            "items": [
                {name: _read(item, name) for name in names} | {"current": item is chosen}
                for item in _read(section, "items", ())
            ],
        }
        for section in sections
    ]
