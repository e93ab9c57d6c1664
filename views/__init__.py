"""Network pages."""
