"""What the normalizers know about the domain, as tables."""
