"""What is written down or printed is Vietnamese, whatever language the person reads on the screen."""

import functools

from django.utils.translation import override

SOURCE = "vi"


def in_vietnamese(function):
    """Decorator: words worked out inside are Vietnamese: the log, mirrors, rows of sheets, official papers.

    Unlike `override` as a decorator, which keeps the language before in one place for all threads.
    """

    @functools.wraps(function)
    def inside(*args, **options):
        with override(SOURCE):
            return function(*args, **options)

    return inside
