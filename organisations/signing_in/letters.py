"""The letter with a new way in, written outside the request where there is a worker: its time tells nothing either."""

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.utils import translation
from django_tasks import task


@task()
def send_reset_letter(email: str) -> None:
    """To everybody who has the address and a password; to nobody else."""
    form = PasswordResetForm({"email": email})
    if not form.is_valid():
        return
    with translation.override(settings.LANGUAGE_CODE):
        form.save(
            domain_override=settings.ADMIN_HOST,
            subject_template_name="wagtailadmin/account/password_reset/email_subject.txt",
            email_template_name="wagtailadmin/account/password_reset/email.txt",
            use_https=settings.HTTPS,
        )
