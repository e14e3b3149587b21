"""What can stand in the way of sample content."""


class GenerationError(Exception):
    """Why no content can be made; said to the person as it stands."""
