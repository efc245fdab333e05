"""An account at another time."""
