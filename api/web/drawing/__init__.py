"""Drawing along time: where everything lies on the paper, reckoned here so that it is seen without a script. Pure."""
