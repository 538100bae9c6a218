from django.urls import reverse


def test_the_start_page_is_public(client):
    assert client.get(reverse("home")).status_code == 200
