from io import BytesIO

from pypdf import PdfReader

from mobility.sample.evidence import certificate


def test_a_document_says_what_it_proves_in_letters_that_its_font_has():
    shown = PdfReader(BytesIO(certificate(["talk", "Актуальные проблемы (2026)"]))).pages[0].extract_text()
    assert [line.strip() for line in shown.splitlines()] == ["CERTIFICATE", "talk", "Aktualnye problemy  2026"]
