"""Full text over all measures, aims and notes, by Sudachi's normalised words."""
