"""Click's own words in the language of the door: Usage, Options, Error, and what is wrong with what was typed."""

from __future__ import annotations

import click
from click import core, decorators, exceptions, formatting, parser, types

from fairplanner.cli.language import LANGUAGES
from fairplanner.words import Words

MODULES = (core, decorators, exceptions, formatting, parser, types)
IDS = {
    "Usage:": "usage",
    "Options": "options",
    "Commands": "commands",
    "Positional arguments": "arguments",
    "Show this message and exit.": "help",
    "%(prog)s, version %(version)s": "version",
    "Error: {message}": "error",
    "Try '{command} {option}' for help.": "try",
    "Missing command.": "no-command",
    "Missing argument": "no-argument",
    "Missing option": "no-option",
    "Missing parameter": "no-parameter",
    "No such option {name!r}.": "unknown-option",
    "No such option: {name}": "unknown-option",
    "No such command {name!r}.": "unknown-command",
    "Did you mean {possibility}?": "near",
    "(Did you mean one of: {possibilities}?)": "near-several",
    "(Possible options: {possibilities})": "near-several",
    "Got unexpected extra argument ({args})": "extra",
    "Got unexpected extra arguments ({args})": "extra",
    "Option {name!r} requires an argument.": "needs-value",
    "Option {name!r} does not take a value.": "takes-none",
    "Invalid value: {message}": "invalid",
    "Invalid value for {param_hint}: {message}": "invalid-for",
    "Choose from:\n\t{choices}": "choose",
    "{value!r} is not {choice}.": "not-the-choice",
    "{value!r} is not one of {choices}.": "no-choice",
    "{value!r} is not a valid {number_type}.": "no-number",
    "{value} is not in the range {range}.": "out-of-range",
    "{name} {filename!r} does not exist.": "no-file",
    "{name} {filename!r} is a file.": "is-file",
    "{name} {filename!r} is a directory.": "is-folder",
    "{name} {filename!r} is not readable.": "unreadable",
    "default: {default}": "default",
    "env var: {var}": "variable",
    "required": "required",
    "file": "file",
    "directory": "folder",
    "path": "path",
}
"""Click's messages (8.1 to 8.5) by our keys; what is not here stays as click has it."""


def speak(w: Words) -> None:
    """Let click speak a language from now on.

    Click asks gettext for each of its messages, whose catalogues are binary and by process; its modules are given our words
    in gettext's place instead.
    """

    def one(text: str) -> str:
        return w.pattern(f"click.{IDS[text]}") if text in IDS else text

    def counted(single: str, several: str, n: int) -> str:
        return one(single if n == 1 else several)

    for module in MODULES:
        for name, said in (("_", one), ("ngettext", counted)):
            if hasattr(module, name):
                setattr(module, name, said)


def dressed(command: click.Command, w: Words) -> None:
    """Give a command and those below it their signs in the language, and groups the option `--lang`, which only their members
    had: which language it is was read before (see `language.chosen`)."""
    command.options_metavar = w("click.options-sign")
    for option in command.params:
        key = f"click.type.{option.type.name.replace(' ', '-')}"
        if isinstance(option, click.Option) and option.metavar is None and key in w:
            option.metavar = w(key)
    if isinstance(command, click.Group):
        command.subcommand_metavar = w("click.commands-sign")
        command.params.append(
            click.Option(
                ["--lang"], type=click.Choice(LANGUAGES), default=w.lang, help=w("cli.lang"), expose_value=False
            )
        )
        for below in command.commands.values():
            dressed(below, w)
