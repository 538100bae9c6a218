"""What a roster's rows say, and what an import of them would change; nothing here writes."""

from .marks import plan_marks
from .plan import Plan, Question
from .students import plan_students

__all__ = ["Plan", "Question", "plan_marks", "plan_students"]
