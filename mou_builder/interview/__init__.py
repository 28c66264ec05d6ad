"""The interview: a guided conversation that collects the answers to an agreement and never loses one."""
