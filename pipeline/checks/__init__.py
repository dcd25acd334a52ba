"""Checks over all documents of a run: structure (Great Expectations), then what the domain itself says."""
