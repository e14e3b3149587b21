from django.db import migrations, models

import organisations.fields


def fill(apps, schema_editor):
    """A save fills what the columns follow from."""
    for name in ("Category", "Contributor"):
        for row in apps.get_model("news", name).objects.all():
            row.save()


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="category",
            options={"ordering": ["order", "name_sort"], "verbose_name": "lĩnh vực", "verbose_name_plural": "lĩnh vực"},
        ),
        migrations.AlterModelOptions(
            name="contributor",
            options={"ordering": ["name_sort"], "verbose_name": "tác giả", "verbose_name_plural": "tác giả"},
        ),
        migrations.AddField(
            model_name="category", name="name_sort", field=organisations.fields.NameSortField(of="name")
        ),
        migrations.AddField(
            model_name="contributor", name="name_sort", field=organisations.fields.NameSortField(of="pen_name")
        ),
        migrations.AlterField(
            model_name="category",
            name="name",
            field=models.CharField(max_length=200, unique=True, verbose_name="tên"),
        ),
        migrations.AlterField(
            model_name="category",
            name="name_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="tên tiếng Anh"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
