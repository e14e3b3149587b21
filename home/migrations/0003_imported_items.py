"""What was imported is remembered here for every kind of content; the table stays the one that news made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commune_sites", "0003_invitations"),
        ("home", "0002_files_by_address"),
        ("news", "0002_listing_indexes"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ImportedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("external_id", models.CharField(max_length=200)),
                        (
                            "digest",
                            models.CharField(help_text="SHA-256 of the line as it was brought in.", max_length=64),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="commune_sites.organisation",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "news_importeditem",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "external_id"), name="one_page_an_imported_id"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
