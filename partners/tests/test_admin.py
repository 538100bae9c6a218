import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mobility.people.tests.factories import RoleFactory, UserFactory
from mobility.web.tests.queries import asked_by, assert_same_at_1_and_3
from partners.models import Institution

from .factories import ContactFactory, HomeFactory, InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/institution/"
ADD = f"{LIST}add/"


def arrive(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer():
    return arrive(RoleFactory(kind="ir-officer").person)


def listed(response):
    return [institution.code for institution in response.context["cl"].result_list]


def change(institution):
    return reverse("admin:partners_institution_change", args=[institution.pk])


@pytest.mark.parametrize(
    ("kind", "status"), [("ir-officer", 200), ("administrator", 200), ("rector", 302), ("deans-office", 302)]
)
def test_officers_and_administrators_edit(kind, status):
    role = RoleFactory(kind=kind) if kind != "deans-office" else RoleFactory(kind=kind, faculty=faculty())
    assert arrive(role.person).get(LIST).status_code == status


def faculty():
    from mobility.people.tests.factories import FacultyFactory

    return FacultyFactory()


@pytest.fixture
def several():
    InstitutionFactory(code="kz", named={"kk": "Қазақ", "en": "Beta"}, country="KZ", is_key=True)
    InstitutionFactory(code="jp", named={"ja": "長崎大学", "en": "Alpha"}, country="JP", latitude=1, longitude=2)
    InstitutionFactory(code="ru", named={"ru": "Гамма"}, country="RU", ror="02yqqv993")
    InstitutionFactory(code="gone", archived_at=timezone.now(), archived_by=UserFactory(), archive_reason="It closed.")


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["jp", "kz", "ru"]),
        ("?q=長崎", ["jp"]),
        ("?q=gamma", ["ru"]),
        ("?country=KZ", ["kz"]),
        ("?is_key__exact=1", ["kz"]),
        ("?place=yes", ["jp"]),
        ("?place=no", ["kz", "ru"]),
        ("?ror=yes", ["ru"]),
        ("?archive=archived", ["gone"]),
        ("?archive=all", ["jp", "kz", "gone", "ru"]),
        ("?o=-1", ["ru", "kz", "jp"]),
    ],
)
def test_search_and_filters(officer, several, query, codes):
    assert listed(officer.get(f"{LIST}{query}")) == codes


def test_a_list_page_asks_little_and_the_same_of_1_and_3(officer):
    assert_same_at_1_and_3(
        lambda: officer.get(LIST), add=lambda: ContactFactory(institution=InstitutionFactory()), at_most=10
    )


def test_thousands_ask_no_more(officer, thousands):
    officer.get(LIST)
    asked = asked_by(lambda: officer.get(f"{LIST}?q=университет&country=KZ"))
    assert asked.queries <= 10
    assert asked.rows <= 60


def test_contacts_are_counted(officer):
    institution = ContactFactory().institution
    ContactFactory(institution=institution)
    [row] = officer.get(LIST).context["cl"].result_list
    assert row.contacts_count == 2


def test_there_is_no_deletion(officer):
    institution = InstitutionFactory()
    assert officer.get(f"{LIST}{institution.pk}/delete/").status_code == 403
    assert "delete_selected" not in dict(officer.get(LIST).context["action_form"].fields["action"].choices)


def test_history_is_the_journal_s(officer):
    institution = InstitutionFactory()
    response = officer.get(f"{LIST}{institution.pk}/history/")
    assert response.url == f"/history/partners/institution/{institution.pk}/"
    assert officer.get(response.url).status_code == 200


def test_one_chooses_from_what_is_not_in_the_archive(officer, several):
    query = {"app_label": "partners", "model_name": "succession", "field_name": "successor", "term": ""}
    results = officer.get("/admin/autocomplete/", query).json()["results"]
    assert [row["text"] for row in results] == ["Alpha", "Beta", "Гамма"]


@pytest.mark.parametrize(("kind", "magic"), [("xlsx", b"PK"), ("csv", "\ufeff".encode())])
def test_the_chosen_are_downloaded(officer, several, kind, magic):
    chosen = Institution.objects.get(code="jp").pk
    response = officer.post(LIST, {"action": f"download_{kind}", "_selected_action": [chosen]})
    assert response.content.startswith(magic)
    assert response["Content-Disposition"].endswith(f'.{kind}"')


def form(**values):
    names = {
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "0",
        "names-0-text": "Samara State Medical University",
        "names-0-language": "en",
        "names-0-kind": "full",
        "names-0-is_primary": "on",
    }
    others = {
        f"{prefix}-{field}_FORMS": "0"
        for prefix in ("contacts", "successions", "origins")
        for field in ("TOTAL", "INITIAL")
    }
    return names | others | {"code": "samara", "country": "RU", "city": "Самара"} | values


def test_an_institution_is_added_with_its_name(officer):
    assert officer.post(ADD, form(ror="https://ror.org/02yqqv993")).status_code == 302
    institution = Institution.objects.get()
    assert (institution.own_name, institution.ror) == ("Samara State Medical University", "02yqqv993")


def test_one_without_its_own_name_is_refused_in_words(officer):
    response = officer.post(ADD, form(**{"names-0-is_primary": ""}))
    formset = response.context["inline_admin_formsets"][0].formset
    assert [error.code for error in formset.non_form_errors().as_data()] == ["no-own-name"]
    assert Institution.objects.count() == 0


def test_similar_ones_are_shown_before_a_new_one_is_saved(officer):
    InstitutionFactory(named={"ru": "Самарский государственный медицинский университет"}, city="Самара")
    response = officer.post(ADD, form())
    assert [error.code for error in response.context["adminform"].form.non_field_errors().as_data()] == ["similar"]
    assert Institution.objects.count() == 1
    assert officer.post(ADD, form(is_another="on")).status_code == 302
    assert Institution.objects.count() == 2


def test_a_changed_one_is_not_compared_with_itself(officer):
    institution = InstitutionFactory(named="Samara State Medical University", code="samara")
    name = institution.names.get()
    values = form(city="Samara") | {"names-INITIAL_FORMS": "1", "names-0-id": name.pk}
    assert officer.post(change(institution), values | {"names-0-institution": institution.pk}).status_code == 302
    institution.refresh_from_db()
    assert institution.city == "Samara"


@pytest.mark.parametrize(
    ("names", "website", "found"),
    [
        (["Sechenov Academy"], "", ["sechenov"]),
        (["Университет имени Сеченова"], "", ["sechenov"]),
        (["State Medical University"], "", []),
        (["Another"], "https://www.sechenov.ru/about", ["sechenov"]),
        ([], "", []),
        (["Nagasaki"], "", ["nagasaki"]),
    ],
)
def test_what_is_similar(names, website, found):
    InstitutionFactory(code="sechenov", named="Sechenov State Medical University", website="https://sechenov.ru")
    InstitutionFactory(code="nagasaki", named="Nagasaki State Medical University")
    HomeFactory(code="home", named="Sechenov at home")
    similar = Institution.objects.similar_to(names=names, website=website)
    assert [institution.code for institution in similar] == found


def test_similar_ones_appear_while_one_types(officer):
    institution = InstitutionFactory(named="Sechenov University")
    page = officer.get("/partners/new/similar/", {"names-0-text": "Сеченов", "website": ""})
    assert list(page.context["institutions"]) == [institution]
    assert 'hx-get="/partners/new/similar/"' in officer.get(ADD).content.decode()


def test_the_page_leads_to_archive_and_rename(officer):
    institution = InstitutionFactory(code="a")
    context = officer.get(change(institution)).context
    assert (context["may_archive"], context["may_restore"], context["may_rename"]) == (True, False, True)


def test_archive_restore_and_rename_by_their_pages(officer):
    institution = InstitutionFactory(code="a", named="Old")
    NameFactory(institution=institution, text="Старое", language="ru", kind="full")
    assert officer.post("/partners/a/rename/", {"since": "2026-12-01", "full_en": "New"}).status_code == 302
    assert officer.post("/partners/a/archive/", {"reason": ""}).status_code == 200
    assert officer.post("/partners/a/archive/", {"reason": "It closed."}).status_code == 302
    institution.refresh_from_db()
    assert (institution.own_name, institution.archive_reason) == ("New", "It closed.")
    assert officer.get("/partners/a/archive/").status_code == 404
    assert officer.post("/partners/a/restore/").status_code == 302
    institution.refresh_from_db()
    assert institution.is_archived is False


def test_a_refusal_of_the_action_is_shown_on_the_page(officer):
    InstitutionFactory(code="a", named="Old")
    response = officer.post("/partners/a/rename/", {"since": "2026-12-01", "full_en": "Old"})
    assert [error.code for error in response.context["form"].non_field_errors().as_data()] == ["same-name"]
