"""Which measure of one year carries on which of the year before, and which branches do the same."""
