"""Choices, claims, evidence and consents as a submission says them."""

from datetime import date

from mobility.students.content import OF_A_CLAIM, Content
from mobility.students.models import Application, Choice, Claim, Consent, ConsentText, Evidence, Submission


def restore(application: Application, submission: Submission) -> None:
    content = submission.content
    _choices(application, content["choices"])
    _claims(application, content["claims"], submission)
    _consents(application, content["consents"], submission)
    _papers(application, content.get("papers", []), submission)


def _choices(application: Application, codes: list[str]) -> None:
    destinations = dict(application.call.destinations.values_list("code", "pk"))
    application.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(application=application, destination_id=destinations[code], position=position)
        for position, code in enumerate(codes, start=1)
    )


def _claims(application: Application, said: list[Content], submission: Submission) -> None:
    """Those that are still there keep their row; those that were removed come back under their own key."""
    application.claims.exclude(pk__in=[row["id"] for row in said]).delete()
    existing = {claim.pk: claim for claim in application.claims.all()}
    for row in said:
        claim = existing.get(row["id"]) or Claim(pk=row["id"], application=application, added_at=submission.at)
        for name in OF_A_CLAIM:
            setattr(claim, name, row[name])
        claim.day, claim.points_claimed = date.fromisoformat(row["day"]), row["points"]
        claim.save(force_insert=row["id"] not in existing)
        files = [evidence["file"] for evidence in row["evidence"]]
        Evidence.objects.filter(claim=claim).exclude(file__in=files).delete()
        for file in files:
            Evidence.objects.get_or_create(claim=claim, file_id=file, defaults={"added_at": submission.at})


def _papers(application: Application, said: list[Content], submission: Submission) -> None:
    application.papers.exclude(code__in=[row["code"] for row in said]).delete()
    for row in said:
        values = {"file_id": row["file"], "added_at": submission.at}
        application.papers.exclude(file=row["file"]).filter(code=row["code"]).delete()
        application.papers.get_or_create(code=row["code"], defaults=values)


def _consents(application: Application, said: list[Content], submission: Submission) -> None:
    texts = {(text.purpose, text.version): text for text in ConsentText.objects.all()}
    given = {(texts[row["purpose"], row["version"]].pk, row["country"]) for row in said}
    for consent in application.consents.all():
        if (consent.text_id, consent.country) not in given:
            consent.delete()
    for text, country in sorted(given):
        defaults = {"given_at": submission.at, "given_by": submission.by}
        Consent.objects.get_or_create(application=application, text_id=text, country=country, defaults=defaults)
