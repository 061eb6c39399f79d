"""Entries belong to a subject, not to one of its editions, so that a new edition replaces only what changed.

Of statements none stands first any more. What can be found stays so meanwhile; entries that know no digest yet are written anew with the next edition.
"""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import Q

_NAME_SUBJECTS = """
    UPDATE editorial_searchentry AS entry SET subject_kind = edition.kind, subject_id = edition.subject_id,
        vector = CASE WHEN tier = 2 THEN ts_delete(vector, 'zzfirst') ELSE vector END
    FROM editorial_edition AS edition WHERE edition.id = entry.edition_id
"""
# On the way back, where each entry needs an edition: `rebuild_search` finds them.
_FORGET = "TRUNCATE editorial_searchstart, editorial_searchentry, editorial_searchword"


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0008_report_outcome_says_what_it_takes_back"),
    ]

    operations = [
        # Every row is written once more: without the index of words this takes seconds where it took a minute.
        migrations.RemoveIndex(model_name="searchentry", name="editorial_searchentry_vector"),
        migrations.RemoveIndex(model_name="searchentry", name="editorial_searchentry_kind"),
        migrations.AddField(
            model_name="searchentry",
            name="subject_kind",
            field=models.CharField(default="", max_length=50),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="searchentry",
            name="subject_id",
            field=models.BigIntegerField(db_comment="As in the editions.", default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="searchentry",
            name="digest",
            field=models.CharField(db_comment="Of all that the entry was made of.", default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunSQL(_NAME_SUBJECTS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="searchentry", name="edition"),
        migrations.RunSQL(migrations.RunSQL.noop, _FORGET),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["vector"], name="editorial_searchentry_vector"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["about"], name="editorial_searchentry_about"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=~Q(names=[]), fastupdate=False, fields=["names"], name="editorial_searchentry_names"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["kind", "position"], name="editorial_searchentry_kind"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["subject_id", "tier"], name="editorial_searchentry_subject"),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(django.db.models.functions.text.Left("word", 2), name="editorial_searchword_beginning"),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(django.db.models.functions.text.Right("word", 3), name="editorial_searchword_end"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=Q(is_current=True, is_withdrawn=True),
                fields=["kind", "subject_id"],
                name="editorial_edition_withdrawn",
            ),
        ),
    ]
