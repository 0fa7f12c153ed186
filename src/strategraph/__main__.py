"""Lets ``python -m strategraph`` run the command line."""

from strategraph.cli import main

main(prog_name="strategraph")
