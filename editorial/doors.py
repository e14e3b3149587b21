"""Insides of other packages that this room uses (docs/upgrading.md)."""

from itertools import chain

from organisations.doors import Door, doors

from .notices import STOCK


def _silenced() -> bool:
    """None of Wagtail's notifiers is left beside ours, under whatever name."""
    from wagtail.admin.mail import BaseWorkflowStateEmailNotifier

    left = [one for signal, sender, _uid in STOCK for one in chain(*signal._live_receivers(sender))]
    return not any(isinstance(receiver, BaseWorkflowStateEmailNotifier) for receiver in left)


doors.register(Door("qn.E042", "Wagtail's mail notifiers", "editorial/notices.py", _silenced))
