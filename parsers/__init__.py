"""From a PDF's bytes to cells, styled paragraphs and page furniture."""
