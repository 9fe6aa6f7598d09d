import pytest
from django.db import connection


@pytest.mark.django_db
class TestEmbeddedDatabase:
    def test_has_the_vector_extension(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT '[1,2]'::vector <=> '[1,2]'::vector")

            assert cursor.fetchone() == (0.0,)
