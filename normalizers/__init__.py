"""From paragraphs to measures, targets, indicators and changes."""
