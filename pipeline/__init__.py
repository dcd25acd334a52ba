"""From a folder of PDFs to checked tables, a report and answers."""
