"""``mou-builder batch``: many agreements from one spreadsheet."""
