import pytest
from django.test import Client

from tests.factories import PASSWORD, make_job, make_user

pytestmark = pytest.mark.django_db


class TestSlashAtTheEnd:
    @pytest.fixture
    def client(self):
        client, user = Client(), make_user()
        assert client.login(email=user.email, password=PASSWORD)
        return client

    def test_is_no_other_address(self, client):
        job = make_job()

        bodies = [client.get(f"/api/v1/jobs/{job.pk}{end}").json() for end in ("", "/")]

        assert bodies[0] == bodies[1]
        assert bodies[0]["id"] == str(job.pk)

    def test_makes_no_address_of_nothing(self, client):
        assert client.get("/api/v1/").status_code == 404
        assert client.get("/api/v1/jobs//").status_code == 404
