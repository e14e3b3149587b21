from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Đơn vị và người dùng"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        super().import_models()
        import_module("organisations.signing_in.models")

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import AbstractPage, Collection
        from wagtail.permissions import register_permission_policy

        from . import policies

        # Registers itself with Django's checks.
        import_module("organisations.checks")
        # What is noted when somebody comes and goes.
        import_module("organisations.signing_in.signals")
        import_module("organisations.signing_in.retention")

        image, document = get_image_model(), get_document_model()
        register_permission_policy(AbstractPage, policies.MembershipPagePolicy())
        register_permission_policy(Collection, policies.MembershipCollectionPolicy(Collection))
        register_permission_policy(
            image,
            policies.MembershipImagePolicy(
                image, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
            ),
        )
        register_permission_policy(
            document,
            policies.MembershipFilePolicy(
                document, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
            ),
        )
