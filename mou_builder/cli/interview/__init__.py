"""The interview in a terminal: questions, help and lists on the screen, answers into the file."""
