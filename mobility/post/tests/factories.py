import factory
from factory.django import DjangoModelFactory

from mobility.post.models import Letter


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    message_id = factory.Sequence("<{}@example.org>".format)
    recipient = factory.Sequence("reader{}@example.org".format)
    language = "en"
    subject = "The call opens"
    text = "It opens on Monday.\n"
    html = "<p>It opens on Monday.</p>"
