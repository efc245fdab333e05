"""The same clerk as in the tests of services."""

from tests.services.conftest import clerk, sqlite_clerk

__all__ = ["clerk", "sqlite_clerk"]
