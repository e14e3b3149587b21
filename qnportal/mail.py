"""Letters kept as files where there is no mail server: they hold links by which people sign in, so none but the portal reads them."""

import os

from django.core.mail.backends.filebased import EmailBackend


class PrivateFileBackend(EmailBackend):
    """Django's, whose files everybody on the machine may read."""

    def open(self):
        if self.stream is None:
            number = os.open(self._get_filename(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode=0o600)
            self.stream = os.fdopen(number, "ab")
            return True
        return False
