"""Read models over the log: state, differences, history, checks, search; each rebuilt from events alone."""
