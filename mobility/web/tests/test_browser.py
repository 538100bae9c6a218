from django.urls import reverse


def test_the_start_page_opens_in_the_browser(live_server, page):
    assert page.goto(live_server.url + reverse("home")).status == 200
