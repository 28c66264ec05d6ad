"""The renewal in a terminal: what is new, the questions that are new or expired, and a decision on each section."""
