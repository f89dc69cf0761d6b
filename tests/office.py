"""The office every test works in: the demo's city with its six communes, loaded once for all workers (tests/pattern.py).

Tests change what they like in it; each one's changes are rolled back.
"""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from tests import pattern


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A copy of the office's pattern for this worker alone, dropped at the end."""
    default = connections["default"]
    name = default.creation._get_test_db_name()
    with django_db_blocker.unblock():
        pattern.create(name, "office")
        default.close()
        default.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    yield
    with django_db_blocker.unblock():
        default.close()
        pattern.drop(name)


@pytest.fixture(scope="module")
def shared_office(django_db_setup, django_db_blocker):
    """The office with what the tests of a file share: made once in a transaction around them all, then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_empty():
    """Tables in an empty database, as a new installation has them."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def make_office():
    """Law, places of one city, fields and the demo's story, on top of the tables."""
    from demo import story

    make_empty()
    with open("/dev/null", "w") as quiet:
        call_command("load_law", stdout=quiet)
        call_command("load_units", province="01", stdout=quiet)
        call_command("load_fields", stdout=quiet)
    story.load()
    # What the story left in the queue is nobody's test: by day it would be mailed in the middle of one, by night it would wait.
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def actor(db):
    """`actor("xa")`: one of the demo's people, as signed in. Names stand in demo/people.py."""
    from demo import people

    return people.actor


@pytest.fixture
def signed_in(client, db):
    """`signed_in("xa")`: a client with the session of one of the demo's people."""

    def sign_in(username):
        from hoidong.kernel.people.models import Account

        account = Account.objects.get(username=username)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def petition_in(db):
    """`petition_in("sent")`: a petition of the demo in this state."""
    from hoidong.citizens.voters.models import Petition

    return lambda state: Petition.objects.filter(state=state).order_by("pk").first()
