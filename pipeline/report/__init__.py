"""The report people look at: static pages that open from disk, without a server or a network."""
