import pytest
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet

from mobility.web.lists import List, shown_pages
from mobility.web.memory import forget
from mobility.web.tables import Column, known_sort, order_by

pytestmark = pytest.mark.django_db


class Groups(FilterSet):
    name = CharFilter(lookup_expr="icontains")
    kind = ChoiceFilter(field_name="name", choices=[("a1", "First")])
    empty = BooleanFilter(field_name="permissions", lookup_expr="isnull", label="Without rights")

    class Meta:
        model = Group
        fields = ()


class GroupList(List):
    template_name = "list.html"
    columns = (Column("Name", "name", ("name",)), Column("Turned", "turned", ("-name",)), Column("People"))
    fields = ("pk", "name")
    sort = "name"
    page_size = 2
    furthest = 6
    filterset_class = Groups

    def get_queryset(self):
        return Group.objects.exclude(name="hidden")

    def show(self, row):
        return row["name"]


@pytest.fixture
def groups():
    return [Group.objects.create(name=name) for name in ("a1", "a2", "a3", "b1", "b2", "hidden")]


def listed(query=""):
    view = GroupList()
    view.setup(RequestFactory().get(f"/groups/?{query}"))
    return view.listed()


def test_a_page_shows_its_rows_in_order(groups):
    seen = listed()
    assert seen.rows == ["a1", "a2"]
    assert (seen.state.found, seen.state.whole, seen.state.chosen) == (5, 5, [])
    assert (seen.paging.number, seen.paging.previous, seen.paging.next) == (1, "", "?page=2")
    assert (seen.paging.first_row, seen.paging.last_row) == (1, 2)
    assert listed("page=3").rows == ["b2"]


def test_the_address_keeps_filters_sort_and_page(groups):
    seen = listed("name=A&sort=-name&page=2")
    assert seen.rows == ["a1"]
    assert (seen.state.found, seen.state.whole, seen.state.chosen) == (3, 5, ["“A”"])
    assert seen.state.clear == "?sort=-name"
    assert seen.kept == [("sort", "-name")]
    assert seen.paging.previous == "?name=A&sort=-name"
    assert [(heading.label, heading.url, heading.direction) for heading in seen.headings] == [
        ("Name", "?name=A&sort=name", "descending"),
        ("Turned", "?name=A&sort=turned", ""),
        ("People", "", ""),
    ]


@pytest.mark.parametrize("query", ["page=99", "page=-1", "page=x", "sort=--name", "sort=password", "kind=nobody"])
def test_a_strange_address_still_shows_a_page(groups, query):
    assert listed(query).rows != []


def test_filters_speak_in_the_words_of_their_choices(groups):
    assert listed("kind=a1&empty=true").state.chosen == ["First", "Without rights"]


def test_pages_end_where_the_database_would_read_too_much(groups):
    for number in range(10):
        Group.objects.create(name=f"c{number}")
    seen = listed("page=99")
    assert (seen.paging.number, seen.paging.beyond, seen.state.found) == (3, 9, 15)


def test_more_than_the_pages_hold_are_counted_once_a_minute(groups, django_assert_num_queries):
    Group.objects.bulk_create(Group(name=f"c{number}") for number in range(2))
    assert [listed(query).state.whole for query in ("", "name=c", "page=2")] == [7, 7, 7]
    with django_assert_num_queries(1):
        assert listed().state.found == 7
    with django_assert_num_queries(2):
        assert listed("name=b").rows == ["b1", "b2"]
    forget()
    Group.objects.create(name="c2")
    assert listed().state.found == 8


def test_no_more_than_the_pages_hold_are_counted_each_time(groups):
    assert listed().state.whole == 5
    Group.objects.create(name="c")
    assert listed("name=c").state.whole == 6


def test_another_whole_is_counted_for_itself(groups):
    class Longer(GroupList):
        furthest, whole_by = 1, ("hidden",)

        def get_queryset(self):
            return Group.objects.all() if self.request.GET.get("hidden") else super().get_queryset()

    def whole(query):
        view = Longer()
        view.setup(RequestFactory().get(f"/groups/?{query}"))
        return view.listed().state.whole

    assert [whole(query) for query in ("", "hidden=1", "name=a&hidden=1", "name=a")] == [5, 6, 6, 5]


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_asks_twice_and_with_filters_three_times(many, django_assert_num_queries):
    for number in range(many):
        Group.objects.create(name=f"d{number}")
    with django_assert_num_queries(2):
        listed()
    with django_assert_num_queries(3):
        listed("name=d")


def test_an_empty_list_asks_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert listed().rows == []


def test_gaps_stand_for_the_pages_between():
    assert shown_pages(1, 1) == [1]
    assert shown_pages(2, 9) == [1, 2, 3, 4, None, 9]
    assert shown_pages(5, 9) == [1, None, 3, 4, 5, 6, 7, None, 9]


def test_a_column_orders_both_ways_and_the_key_decides():
    assert order_by(GroupList.columns, "-turned") == ["name", "pk"]
    assert order_by(GroupList.columns, "name") == ["name", "pk"]
    assert order_by(GroupList.columns, "unknown") == ["pk"]
    assert known_sort(GroupList.columns, "-name", default="name") == "-name"


def test_what_was_asked_for_is_escaped_where_it_is_said(groups):
    html = render_to_string("_ui/list_state.html", {"state": listed("name=%3Cb%3E").state})
    assert "“&lt;b&gt;”" in html
