"""Print size, light or dark, density: a person's own choice, kept in a cookie, applied as classes on <html>."""

COOKIE = "hd-look"
AGE = 60 * 60 * 24 * 365

CHOICES = {
    "size": ("normal", "large", "larger"),
    "light": ("auto", "light", "dark"),
    "density": ("normal", "compact"),
}
_PLAIN = {"normal", "auto"}


def read(request):
    """The choices of this browser as a dict size, light, density; anything unknown is read as the plain one."""
    named = set(request.COOKIES.get(COOKIE, "").split("."))
    return {what: next((value for value in values[1:] if value in named), values[0]) for what, values in CHOICES.items()}


def classes(chosen):
    """The classes of <html> for these choices."""
    return " ".join(f"hd-{value}" for value in chosen.values() if value not in _PLAIN)


def keep(response, chosen, *, secure=False):
    """Store the choices in the browser for a year."""
    value = ".".join(value for value in chosen.values() if value not in _PLAIN)
    response.set_cookie(COOKIE, value, max_age=AGE, samesite="Lax", secure=secure, httponly=True)
