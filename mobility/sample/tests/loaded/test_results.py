from mobility.calls.models import Call
from mobility.post.models import Letter, LetterState
from mobility.students.models import Card, Offer
from selection.models import Run
from selection.verification import faults_of


def test_last_year_s_call_is_run_published_and_answered():
    last = Call.objects.get(code="PT26")
    made = Run.objects.get()
    assert (last.published_run, made.call, faults_of(made)) == (1, last, [])
    assert Card.objects.count() == last.applications.submitted().count()
    states = set(Offer.objects.values_list("state", flat=True))
    assert states == {Offer.State.CONFIRMED, Offer.State.DECLINED, Offer.State.LAPSED}
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()
