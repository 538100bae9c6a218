from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mobility.calls.actions import calls, copying, destinations, quotas, rules
from mobility.calls.models import Call, Destination, Quota, RulesTemplate
from mobility.journal.models import Event
from mobility.people.models import CalendarDay, ScaleMark
from mobility.people.tests.factories import FacultyFactory, ScaleFactory, UserFactory
from partners.models import Condition
from partners.tests.factories import AgreementFactory, ConditionFactory, ConfirmedSeatsFactory
from selection.engine.lottery import commitment

from .factories import OPENS, CallFactory, DestinationFactory, QuotaFactory, plain_rules

pytestmark = pytest.mark.django_db
AT = OPENS - timedelta(days=7)
SEED = "ab" * 32
TEXTS = {f"{text}_{language}": "Text" for text in ("costs", "replaces") for language in ("en", "ru", "be")}
TERMS = {"code": "omsk", "seats": 4, "starts": date(2027, 7, 5), "ends": date(2027, 8, 15)}


def refusal_of(act, **arguments):
    with pytest.raises(ValidationError) as refusal:
        act(**arguments)
    errors = refusal.value.error_dict if hasattr(refusal.value, "error_dict") else {"": refusal.value.error_list}
    return [error.code for of_field in errors.values() for error in of_field]


def draft_call(**fields):
    return CallFactory(
        opened_at=None, opened_by=None, seed="", commitment="", **{"rules": university_rules(), **fields}
    )


def university_rules():
    return RulesTemplate.objects.get(code="university").content


def events(of):
    return [event.event for event in Event.objects.of(of).exclude(event=None).order_by("id")]


def ready_call(**fields):
    call = draft_call(**TEXTS | fields)
    destination = DestinationFactory(call=call, seats=4)
    QuotaFactory(destination=destination, seats=4)
    return call


def test_a_call_starts_from_a_template():
    facts = {
        name: getattr(draft_call(), name)
        for name in ("kind", "academic_year", "title_en", "title_ru", "title_be", *calls.DATES)
    }
    template = RulesTemplate.objects.get(code="ministry")
    by = UserFactory()
    call = calls.draft(facts=facts | {"code": "TREATY"}, template=template, by=by, at=AT)
    assert (call.owner, call.rules_versions.get().content["eligibility"]["mark_floor"]) == (by, 800)
    assert events(call) == ["call-drafted"]


def test_what_is_missing_is_said_at_once():
    call = draft_call(rules=False, deadline=OPENS + timedelta(days=21))
    assert refusal_of(calls.open_call, call=call, seed=SEED, by=call.owner, at=AT) == [
        *["no-costs", "no-replaces", "no-rules", "no-destinations", "no-places"]
    ]
    call = ready_call()
    Quota.objects.update(seats=3)
    assert refusal_of(calls.open_call, call=call, seed=SEED, by=call.owner, at=call.deadline) == [
        *["deadline-over", "quotas-short"]
    ]


def test_a_call_that_outlives_its_agreement_is_not_opened():
    call = ready_call()
    Condition.objects.update(ends=date(2027, 8, 14))
    assert refusal_of(calls.open_call, call=call, seed=SEED, by=call.owner, at=AT) == ["outlives"]


def test_opening_freezes_the_rules_and_commits_to_a_seed():
    call = ready_call()
    opened = calls.open_call(call=call, seed=SEED, by=call.owner, at=AT)
    assert (opened.commitment, opened.opened_at) == (commitment(bytes.fromhex(SEED)), AT)
    assert opened.rules_versions.get().frozen_at == AT
    assert refusal_of(calls.open_call, call=call, seed="cd" * 32, by=call.owner, at=AT) == ["opened-already"]
    assert Call.objects.get().seed == SEED
    assert events(call) == ["call-opened"]


def test_opening_keeps_a_copy_of_the_tables_of_other_scales():
    scale = ScaleFactory(code="5")
    ScaleMark.objects.create(scale=scale, value=450, here=800)
    call = ready_call()
    calls.open_call(call=call, seed=SEED, by=call.owner, at=AT)
    ScaleMark.objects.update(here=900)
    assert call.rules_versions.get().content == university_rules() | {"scales": {"5": {"450": 800}}}


def test_a_code_in_other_letters_is_the_same_code():
    call = CallFactory(code="PT27")
    with pytest.raises(ValidationError) as refusal:
        copying.copy(call=call, code="pt27", by=call.owner, at=AT)
    assert [error.code for error in refusal.value.error_dict["__all__"]] == ["taken"]


def test_an_opened_call_keeps_its_first_dates_and_takes_later_ones():
    call = CallFactory()
    later = call.answers_by + timedelta(days=1)
    assert calls.revise(call=call, facts={"answers_by": later, "title_en": "New"}, by=call.owner).title_en == "New"
    facts = {"deadline": call.deadline + timedelta(days=1), "code": "OTHER"}
    assert refusal_of(calls.revise, call=call, facts=facts, by=call.owner) == ["opened-already"]


def test_only_a_draft_is_removed():
    call = draft_call()
    calls.remove(call=call, by=call.owner)
    assert not Call.objects.exists()
    assert refusal_of(calls.remove, call=CallFactory(), by=call.owner) == ["opened-already"]


def test_rules_of_a_draft_are_written_over_and_of_an_opened_call_anew():
    call, changed = draft_call(), university_rules()
    changed["academic"]["factor"] = 12
    rules.write(call=call, content=changed, seen=1, by=call.owner, at=AT)
    assert call.rules_versions.get().content["academic"]["factor"] == 12
    assert refusal_of(rules.write, call=CallFactory(), content=changed, seen=1, by=call.owner, at=AT) == [
        "opened-already"
    ]


def test_a_new_version_has_a_reason_and_is_frozen_at_once():
    call, changed = CallFactory(rules=university_rules()), university_rules()
    changed["academic"]["factor"] = 12
    writing = {"call": call, "content": changed, "by": call.owner, "at": AT}
    assert refusal_of(rules.write_anew, seen=1, reason="", **writing) == ["reason"]
    version = rules.write_anew(seen=1, reason="A slip.", **writing)
    assert (version.number, version.frozen_at) == (2, AT)
    assert refusal_of(rules.write_anew, seen=1, reason="Twice.", **writing) == ["changed-meanwhile"]
    assert refusal_of(rules.write_anew, seen=2, reason="Twice.", **writing) == ["unchanged"]
    unsound = writing | {"content": plain_rules(tie_breakers=["unheard of"])}
    assert refusal_of(rules.write_anew, seen=2, reason="Another order.", **unsound) == ["unsound"]


def test_a_destination_is_a_condition_in_force_during_the_whole_stay():
    call = draft_call()
    condition = ConditionFactory(seats=4, agreement=AgreementFactory(number="7/2026", ends="2027-08-14"), ends=None)
    assert refusal_of(destinations.add, call=call, condition=condition, terms=TERMS, by=call.owner) == ["outlives"]
    for facts in ({"direction": "incoming"}, {"kind": "lecturing"}):
        other = ConditionFactory(**facts)
        assert refusal_of(destinations.add, call=call, condition=other, terms=TERMS, by=call.owner) == ["other-kind"]
    destinations.add(call=call, condition=ConditionFactory(seats=4), terms=TERMS, by=call.owner)
    assert events(call) == ["destination-added"]


def test_the_refusal_names_the_agreement_and_its_last_day():
    call = draft_call()
    condition = ConditionFactory(agreement=AgreementFactory(number="7/2026", ends="2027-08-14"), ends=None)
    with pytest.raises(ValidationError) as refusal:
        destinations.add(call=call, condition=condition, terms=TERMS, by=call.owner)
    assert [message.replace("\N{NO-BREAK SPACE}", " ") for message in refusal.value.messages] == [
        f"{condition.partner}: the stay until 15 August 2027 outlives agreement № 7/2026, which ends on 14 August 2027."
    ]


def test_destinations_take_no_more_than_the_partner_gives_to_all_calls():
    call, condition = draft_call(), ConditionFactory(seats=9)
    ConfirmedSeatsFactory(condition=condition, seats=6)
    DestinationFactory(condition=condition, seats=3)
    adding = {"call": call, "condition": condition, "by": call.owner}
    assert refusal_of(destinations.add, terms=TERMS, **adding) == ["too-many-seats"]
    place = destinations.add(terms=TERMS | {"seats": 3}, **adding)
    QuotaFactory(destination=place, seats=3)
    changing = {"destination": place, "by": call.owner}
    assert refusal_of(destinations.change, terms={"seats": 4}, **changing) == ["too-many-seats"]
    assert refusal_of(destinations.change, terms={"seats": 2}, **changing) == ["quotas-too-many"]


def test_a_late_place_is_no_new_version_but_what_is_asked_stays():
    call = CallFactory()
    place = destinations.add(call=call, condition=ConditionFactory(seats=5), terms=TERMS, by=call.owner)
    destinations.change(destination=place, terms={"seats": 5}, by=call.owner)
    assert call.rules_versions.count() == 1
    assert refusal_of(destinations.change, destination=place, terms={"mark_floor": 800}, by=call.owner) == [
        "opened-already"
    ]
    assert refusal_of(destinations.remove, destination=place, by=call.owner) == ["opened-already"]


def grid(call=None):
    call = call or draft_call()
    place = DestinationFactory(call=call, seats=4)
    return call, place, FacultyFactory(), FacultyFactory()


def test_the_whole_grid_is_set_at_once_and_each_change_enters_the_ledger():
    call, place, general, dentistry = grid()
    cells = {(place.pk, general.pk): 3, (place.pk, dentistry.pk): 1}
    quotas.set_quotas(call=call, cells=cells, seen={}, reason="As last year.", by=call.owner, at=AT)
    again = {(place.pk, general.pk): 2, (place.pk, dentistry.pk): 2}
    changes = quotas.set_quotas(call=call, cells=again, seen=cells, reason="", by=call.owner, at=AT)
    assert sorted((change.before, change.after) for change in changes) == [(1, 2), (3, 2)]
    assert dict(place.quotas.values_list("faculty", "seats")) == {general.pk: 2, dentistry.pk: 2}
    gone = quotas.set_quotas(call=call, cells={(place.pk, general.pk): 0}, seen=again, reason="", by=call.owner, at=AT)
    assert [(change.before, change.after) for change in gone] == [(2, 0)]
    assert place.quotas.get().faculty == dentistry


def test_too_many_are_refused_with_the_row_and_nothing_is_saved():
    call, place, general, dentistry = grid()
    cells = {(place.pk, general.pk): 3, (place.pk, dentistry.pk): 2}
    with pytest.raises(ValidationError) as refusal:
        quotas.set_quotas(call=call, cells=cells, seen={}, reason="", by=call.owner, at=AT)
    assert [(error.code, error.params["destination"]) for error in refusal.value.error_list] == [("too-many", place.pk)]
    assert refusal.value.messages == [
        f"{place}: 5 places are given out, the destination has 4. Take 1 away.",
    ]
    assert not Quota.objects.exists()


def test_two_officers_lose_nothing():
    call, place, general, dentistry = grid()
    first = {(place.pk, general.pk): 1}
    quotas.set_quotas(call=call, cells=first, seen={}, reason="", by=call.owner, at=AT)
    stale = {"call": call, "seen": {}, "reason": "", "by": UserFactory(), "at": AT}
    assert refusal_of(quotas.set_quotas, cells={(place.pk, general.pk): 2}, **stale) == ["changed-meanwhile"]
    quotas.set_quotas(cells={(place.pk, dentistry.pk): 2}, **stale)
    assert sorted(place.quotas.values_list("seats", flat=True)) == [1, 2]


def test_quotas_of_an_opened_call_change_with_a_reason_and_of_a_published_one_not():
    call, place, general, _dentistry = grid(CallFactory())
    setting = {"call": call, "cells": {(place.pk, general.pk): 1}, "seen": {}, "by": call.owner, "at": AT}
    assert refusal_of(quotas.set_quotas, reason="", **setting) == ["reason"]
    quotas.set_quotas(reason="A late place.", **setting)
    Call.objects.update(published_at=AT, published_run=1)
    assert refusal_of(quotas.set_quotas, reason="More.", **setting) == ["published-already"]


def test_what_is_approved_is_what_was_seen():
    call, place, general, _dentistry = grid()
    quotas.set_quotas(call=call, cells={(place.pk, general.pk): 4}, seen={}, reason="", by=call.owner, at=AT)
    content = quotas.signed_content(call)
    approving = {"call": call, "number": "24-7", "scan": None, "by": call.owner, "at": AT}
    signing = approving | {"signed_on": AT.date(), "sha256": quotas.checksum(content)}
    assert refusal_of(quotas.approve, **signing | {"sha256": "0" * 64}) == ["changed-meanwhile"]
    assert refusal_of(quotas.approve, **signing | {"signed_on": AT.date() + timedelta(days=1)}) == ["future"]
    approval = quotas.approve(**signing)
    assert approval.content == {place.code: {general.code: 4}}
    assert refusal_of(quotas.approve, **signing | {"call": draft_call()}) == ["nothing"]


def test_last_year_s_call_is_copied_a_year_later_onto_working_days():
    CalendarDay.objects.create(day=date(2028, 3, 10), kind="holiday")
    call = CallFactory(code="PT27", rules=university_rules())
    condition = ConditionFactory(seats=4, agreement=AgreementFactory(ends="2029-12-31"), ends=None)
    place = DestinationFactory(call=call, seats=4, condition=condition)
    QuotaFactory(destination=place, seats=3)
    ConfirmedSeatsFactory(condition=condition, academic_year="2027/2028", seats=2)
    ended = DestinationFactory(
        call=call, condition=ConditionFactory(agreement=AgreementFactory(ends="2028-06-30"), ends=None)
    )
    copied = copying.copy(call=call, code="PT28", by=call.owner, at=AT)
    new = copied.call
    assert (new.academic_year, new.title_en, new.previous) == (
        "2027/2028",
        "Practical training abroad, summer 2028",
        call,
    )
    assert timezone.localtime(new.opens_at) == timezone.localtime(datetime(2028, 3, 13, 6, 0, tzinfo=UTC))
    assert new.rules_versions.get().content == university_rules()
    assert (copied.left_out, [row.code for row in copied.cut]) == ([ended], [place.code])
    twin = Destination.objects.get(call=new)
    assert (twin.seats, twin.starts, twin.quotas.get().seats) == (2, date(2028, 7, 5), 2)


@pytest.mark.parametrize(
    ("quotas_before", "seats", "after"),
    [({1: 3, 2: 1}, 4, {1: 3, 2: 1}), ({1: 3, 2: 3}, 4, {1: 2, 2: 2}), ({1: 1, 2: 3}, 1, {1: 0, 2: 1})],
)
def test_the_largest_quota_gives_first(quotas_before, seats, after):
    assert copying.fitted(quotas_before, seats) == after


def test_29_february_becomes_the_28th():
    assert [copying.a_year_later(day) for day in (date(2028, 2, 29), date(2027, 7, 5))] == [
        *[date(2029, 2, 28), date(2028, 7, 5)]
    ]


class TestCalledOff:
    def test_nothing_in_it_changes_any_more(self):
        call, by = CallFactory(), UserFactory()
        calls.call_off(call=call, reason="No room.", by=by, at=AT)
        call.refresh_from_db()
        assert (call.called_off_at, call.called_off_by, call.called_off_because) == (AT, by, "No room.")
        assert events(call) == ["called-off"]
        again = {"call": call, "reason": "Once more.", "by": by, "at": AT}
        assert refusal_of(calls.call_off, **again) == ["called-off"]
        later = {"until": call.deadline + timedelta(days=1), "seen": call.deadline}
        assert refusal_of(calls.extend, **again, **later) == ["called-off"]
        place = DestinationFactory(call=call)
        cells = {"cells": {}, "seen": {}}
        assert refusal_of(quotas.set_quotas, **again, **cells) == ["called-off"]
        assert refusal_of(destinations.remove, destination=place, by=by) == ["called-off"]

    def test_a_draft_is_removed_and_results_stay(self):
        values = {"reason": "No room.", "by": UserFactory(), "at": AT}
        assert refusal_of(calls.call_off, call=draft_call(), **values) == ["draft"]
        published = CallFactory(published_at=AT, published_run=1)
        assert refusal_of(calls.call_off, call=published, **values) == ["published-already"]

    def test_it_says_why(self):
        values = {"call": CallFactory(), "by": UserFactory(), "at": AT}
        assert refusal_of(calls.call_off, reason=" ", **values) == ["no-reason"]

    def test_it_is_in_no_list_of_what_runs(self):
        call = CallFactory()
        moments = {"accepting_at": call.opens_at, "being_read_at": call.deadline, "current_at": call.opens_at}
        assert [list(getattr(Call.objects, name)(at)) for name, at in moments.items()] == [[call], [call], [call]]
        calls.call_off(call=call, reason="No room.", by=UserFactory(), at=AT)
        assert [list(getattr(Call.objects, name)(at)) for name, at in moments.items()] == [[], [], []]
