"""Health over time: the nightly pass, alerts, what people decide in place of a score, and other weights compared."""
