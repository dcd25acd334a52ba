"""What the invented plans are made of: sentences and indicators."""
