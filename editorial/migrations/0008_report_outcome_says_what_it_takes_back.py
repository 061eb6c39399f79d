import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0007_starts_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportoutcome",
            name="takes_back",
            field=models.ForeignKey(
                blank=True,
                db_comment="The outcome that loses these readers. "
                "Rows of before this column took back all of their part.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="editorial.reportoutcome",
            ),
        ),
        migrations.AlterField(
            model_name="reportoutcome",
            name="readers",
            field=models.PositiveIntegerField(
                db_comment="How many reports were closed by this act, or are taken back."
            ),
        ),
        # Not of the rows that are there: no row of this table ever changes, and older ones keep their meaning.
        AddConstraintNotValid(
            model_name="reportoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "taken_back"), ("takes_back__isnull", False)),
                    models.Q(
                        models.Q(("result", "taken_back"), _negated=True),
                        ("takes_back__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="editorial_reportoutcome_says_what_it_takes_back",
            ),
        ),
    ]
