from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from matching.search_words import NameLexemes


class Migration(migrations.Migration):
    """Find people by the words of their names alone."""

    # Built beside those who write; a transaction forbids it.
    atomic = False

    dependencies = [("matching", "0005_query_embeddings")]

    operations = [
        AddIndexConcurrently(
            model_name="candidatesearch",
            index=GinIndex(NameLexemes("words"), name="candidate_search_names"),
        ),
    ]
