"""The default rules of a call, as data: up to 100 points, 97 without motivation. International Relations edits them."""

from datetime import date

from .scoring import Criterion, Entry, Rules

LANGUAGE_LEVELS = {"A1": 0, "A2": 0, "B1": 500, "B2": 900, "C1": 1200, "C2": 1500}

CRITERIA = {
    "academic": Criterion(5000),
    "language": Criterion(1500),
    "science": Criterion(2000, window=24, groups={"abstracts": 300, "talks": 500}),
    "social": Criterion(800, window=24, groups={"organiser": 200}),
    "personal": Criterion(400),
}
WITH_MOTIVATION = {**CRITERIA, "motivation": Criterion(300)}

CATALOGUE = {
    "article-indexed-first": Entry("science", 800),
    "article-indexed-other": Entry("science", 500),
    "article-national-first": Entry("science", 500),
    "article-national-other": Entry("science", 300),
    "article": Entry("science", 200),
    "abstract": Entry("science", 100, group="abstracts"),
    "talk-international": Entry("science", 200, group="talks"),
    "talk-national": Entry("science", 150, group="talks"),
    "talk-university": Entry("science", 100, group="talks"),
    "research-contest-1": Entry("science", 800),
    "research-contest-2": Entry("science", 600),
    "research-contest-3": Entry("science", 400),
    "research-contest-4": Entry("science", 200),
    "olympiad-international-1": Entry("science", 600),
    "olympiad-international-2": Entry("science", 500),
    "olympiad-international-3": Entry("science", 400),
    "olympiad-national-1": Entry("science", 300),
    "olympiad-national-2": Entry("science", 200),
    "olympiad-national-3": Entry("science", 100),
    "patent": Entry("science", 500),
    "chair": Entry("social", 300, each=True),
    "monitor": Entry("social", 150, each=True),
    "volunteering": Entry("social", steps=((50, 200), (100, 300))),
    "organiser": Entry("social", 50, group="organiser"),
    "award-international": Entry("personal", 300),
    "award-national": Entry("personal", 200),
    "award-university": Entry("personal", 100),
}

MODIFIERS = {"earlier_mobility": -1000, "left_after_acceptance": -1000}  # off unless a call takes them up
TREATY_FLOOR = 800  # the ministry's template for places under state treaties


def default_rules(reference_day: date) -> Rules:
    return Rules(reference_day, CRITERIA, CATALOGUE, language_levels=LANGUAGE_LEVELS)
