import pytest

from selection.engine.responses import Response, frozen, rewritten, shortened

LIST = ("X", "Y", "Z")


@pytest.mark.parametrize(
    ("held", "response", "expected"),
    [
        ("Y", Response.FINAL, ("Y",)),
        ("Y", Response.WAITING, ("X", "Y")),
        ("X", Response.WAITING, ("X",)),
        ("Y", Response.DECLINED, ("X",)),
        ("X", Response.DECLINED, ()),
        ("Y", Response.WITHDRAWN, ()),
        (None, Response.WITHDRAWN, ()),
        (None, Response.RESERVE, LIST),
    ],
)
def test_a_response_rewrites_the_list(held, response, expected):
    assert rewritten(LIST, held, response) == expected


@pytest.mark.parametrize(
    ("held", "response"), [(None, Response.FINAL), (None, Response.DECLINED), ("X", Response.RESERVE)]
)
def test_a_response_that_does_not_fit_is_refused(held, response):
    with pytest.raises(ValueError, match="does not go with"):
        rewritten(LIST, held, response)


def test_after_the_freeze_whoever_is_placed_is_final():
    assert frozen(LIST, "Y") == ("Y",)
    assert frozen(LIST, None) == LIST


def test_somebody_on_the_reserve_may_only_delete():
    assert shortened(LIST, {"Y"}) == ("X", "Z")
    with pytest.raises(ValueError, match="not on the list"):
        shortened(LIST, {"W"})
