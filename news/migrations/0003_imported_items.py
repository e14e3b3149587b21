"""The table of imported items is home's from now on; nothing in the database changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_listing_indexes"),
        ("home", "0003_imported_items"),
    ]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="ImportedItem")])]
