"""Benchmarks: the engine lines of the design, measured side by side with their yardsticks in one run."""
