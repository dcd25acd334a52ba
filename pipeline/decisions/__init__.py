"""What people decide on what was read: the form of a decision, the file that keeps them, and how they are applied."""
