"""Lets ``python -m mou_builder`` do what ``mou-builder`` does."""

from mou_builder.cli import main

if __name__ == "__main__":
    main()
