"""Every address, by part. Public ones are listed in tests/architecture/test_public_urls.py."""

from django.urls import include, path  # noqa: F401

urlpatterns = []
