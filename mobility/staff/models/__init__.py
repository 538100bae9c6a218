from .activities import DETAILS, Activity
from .details import ConferencePart, Internship, JointProject, JointTopic, Lectures, Part, Training
from .money import FundingLine, Source
from .orders import Amendment, AmendmentState, Order
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
    "OPEN",
    "ORDERED_STATES",
    "REPORTABLE",
    "TRAVELLERS_NAMES",
    "WAITING",
    "WRITTEN",
    "Activity",
    "Amendment",
    "AmendmentState",
    "ConferencePart",
    "Form",
    "FundingLine",
    "Internship",
    "JointProject",
    "JointTopic",
    "Lectures",
    "Order",
    "Output",
    "OutputKind",
    "Part",
    "Report",
    "ReportFile",
    "Source",
    "State",
    "Step",
    "StepKind",
    "Training",
]
