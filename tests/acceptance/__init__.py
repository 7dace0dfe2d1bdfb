"""What the service must show with its bundled timeline, asked the way its users ask."""
