"""From a folder of PDFs to checked tables, a report and answers."""

__version__ = "0.1.0"
