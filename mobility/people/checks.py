from django.conf import settings
from django.core.checks import Tags, Warning, register  # noqa: A004 -- Django's name


@register(Tags.security, deploy=True)
def second_factor_is_required(app_configs, **_kwargs) -> list[Warning]:  # noqa: ARG001 -- Django's signature
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Warning(
            "The second factor is switched off: a password alone opens every account.",
            hint="Take MOBILITY_SECOND_FACTOR out of the environment.",
            id="people.W001",
        )
    ]
