"""Data files of the pipeline: documented defaults and messages."""
