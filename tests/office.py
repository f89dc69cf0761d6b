"""The office every test works in: the demo's city with its six communes, loaded once for each test database.

Tests change what they like in it; each one's changes are rolled back.
"""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Law, places of one city, fields and the demo's story, on top of the empty tables."""
    with django_db_blocker.unblock():
        load_office()


def load_office():
    """Fill an empty database; nothing happens where it was filled before."""
    from demo import story
    from hoidong.kernel.people.models import Account

    if Account.objects.exists():
        return
    call_command("createcachetable", verbosity=0)
    with open("/dev/null", "w") as quiet:
        call_command("load_law", stdout=quiet)
        call_command("load_units", province="01", stdout=quiet)
        call_command("load_fields", stdout=quiet)
    story.load()


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
