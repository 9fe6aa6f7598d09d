"""Homes of their own, as the tests of the deployment have them."""

from tests.deployment.conftest import home, migrated_home

__all__ = ["home", "migrated_home"]
