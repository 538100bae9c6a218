from .activities import DETAILS, Activity
from .details import DETAIL_MODELS, ConferencePart, Internship, JointProject, JointTopic, Lectures, Part, Training
from .money import FundingLine, Source
from .orders import Amendment, AmendmentState, Order
from .plans import PEOPLES_NAMES, PLANNED_FORMS, AnnualPlan, LineState, PlanLine, PlanPlace, PlanState
from .reports import Output, OutputKind, Report, ReportFile
from .states import (
    OPEN,
    ORDERED_STATES,
    REPORTABLE,
    TRAVELLERS_NAMES,
    WAITING,
    WRITTEN,
    Form,
    State,
    StepKind,
)
from .steps import Step

__all__ = [
    "DETAILS",
    "DETAIL_MODELS",
    "OPEN",
    "ORDERED_STATES",
    "PEOPLES_NAMES",
    "PLANNED_FORMS",
    "REPORTABLE",
    "TRAVELLERS_NAMES",
    "WAITING",
    "WRITTEN",
    "Activity",
    "Amendment",
    "AmendmentState",
    "AnnualPlan",
    "ConferencePart",
    "Form",
    "FundingLine",
    "Internship",
    "JointProject",
    "JointTopic",
    "Lectures",
    "LineState",
    "Order",
    "Output",
    "OutputKind",
    "Part",
    "PlanLine",
    "PlanPlace",
    "PlanState",
    "Report",
    "ReportFile",
    "Source",
    "State",
    "Step",
    "StepKind",
    "Training",
]
