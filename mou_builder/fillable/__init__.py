"""The model agreement: a Word file in which a district fills in its facts, and what it says when it comes back."""
