"""What a district needs when an agreement comes up for review: its deadlines, its renewal, and what changed since it was signed."""
