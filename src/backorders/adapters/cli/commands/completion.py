"""`backorders completion`: what makes a shell complete commands."""

import sys
from typing import Literal

from backorders.adapters.cli.commands import Desk


def completion(shell: Literal["bash", "zsh", "fish"], /, *, desk: Desk) -> None:
    """Print what makes your shell complete commands and options.

    For example:

        backorders completion bash > ~/.local/share/bash-completion/completions/backorders
        backorders completion zsh > ~/.zfunc/_backorders
        backorders completion fish > ~/.config/fish/completions/backorders.fish

    Args:
        shell: The shell.
    """
    from backorders.adapters.cli.app import application

    del desk
    sys.stdout.write(application([]).meta.generate_completion(prog_name="backorders", shell=shell))
