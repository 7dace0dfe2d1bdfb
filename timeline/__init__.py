"""The domain and the log: what happened, when, who said so, and how the record of it is kept."""
