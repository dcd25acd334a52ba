"""The version of this program, written into every table and account."""

__version__ = "0.1.0"
