"""`python -m fairplanner`."""

from fairplanner.cli import main

main()
