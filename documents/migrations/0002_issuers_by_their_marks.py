from django.db import migrations, models

import organisations.fields
from documents.bodies import body_key, folded_body


def fill(apps, schema_editor):
    """A save fills the order; the keys of issuers are filled by hand."""
    for row in apps.get_model("documents", "Field").objects.all():
        row.save()
    for row in apps.get_model("documents", "Issuer").objects.all():
        row.name_key, row.name_folded = body_key(row.name), folded_body(row.name)
        row.save()


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="field",
            options={
                "ordering": ["order", "name_sort"],
                "verbose_name": "lĩnh vực văn bản",
                "verbose_name_plural": "lĩnh vực văn bản",
            },
        ),
        migrations.AlterModelOptions(
            name="issuer",
            options={
                "ordering": ["order", "name_sort"],
                "verbose_name": "cơ quan ban hành",
                "verbose_name_plural": "cơ quan ban hành",
            },
        ),
        migrations.AddField(model_name="field", name="name_sort", field=organisations.fields.NameSortField(of="name")),
        migrations.AddField(model_name="issuer", name="name_sort", field=organisations.fields.NameSortField(of="name")),
        migrations.AddField(
            model_name="issuer",
            name="name_key",
            field=models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.AlterField(
            model_name="field",
            name="name",
            field=models.CharField(max_length=200, unique=True, verbose_name="tên"),
        ),
        migrations.AlterField(
            model_name="field",
            name="name_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="tên tiếng Anh"),
        ),
        migrations.AlterField(
            model_name="issuer",
            name="name",
            field=models.CharField(max_length=200, unique=True, verbose_name="tên"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="issuer",
            name="name_folded",
            field=models.CharField(db_index=True, editable=False, max_length=300),
        ),
        migrations.AlterField(
            model_name="issuer",
            name="name_key",
            field=models.CharField(editable=False, max_length=400, unique=True),
        ),
    ]
