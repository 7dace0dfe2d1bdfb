"""Ten ways in which accounts of this partnership go wrong, each asked of the service."""
