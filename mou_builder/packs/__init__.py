"""Packs: a publisher's clauses, rubrics, template and rules of conformance, laid over the library by name and version."""
