from mobility.people.checks import second_factor_is_required


def test_a_deployment_without_second_factor_is_warned(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert second_factor_is_required(None) == []
    settings.SECOND_FACTOR_REQUIRED = False
    assert [warning.id for warning in second_factor_is_required(None)] == ["people.W001"]
