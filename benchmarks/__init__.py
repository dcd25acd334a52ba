"""Benchmarks: every figure is measured beside its baselines, in the same run, on the same files."""
