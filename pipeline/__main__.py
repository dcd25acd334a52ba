"""``python -m pipeline`` is ``branch-plans``."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
