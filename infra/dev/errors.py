"""What can go wrong while the development system starts, said in a sentence a person can act on."""


class StartError(Exception):
    """The text is shown to the person as it is: one or two plain sentences, no traceback."""
