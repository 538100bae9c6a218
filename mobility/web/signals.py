"""What other rooms may listen to, since this one knows none of them."""

from django.dispatch import Signal

# Sent with `user` and `language` when a signed-in person has chosen another language; people keeps the choice.
language_chosen = Signal()
