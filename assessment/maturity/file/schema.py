"""The shape of a questionnaire file: its keys, kinds of values, bounds.

`python -m assessment.maturity.file.schema > docs/questionnaire.schema.json` writes it as a JSON Schema.
"""

import json
import sys
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticCustomError

from assessment.maturity.file.problems import gettext_noop

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LARGEST_COUNT = 1_000_000_000  # what every database keeps as a plain integer


def whole_as_decimal(value: Any) -> Any:
    return Decimal(value) if type(value) is int else value


Code = Annotated[str, Field(pattern=CODE)]
Language = Annotated[str, Field(pattern=LANGUAGE)]
# Nothing but spaces is no text; a NUL can be kept by no database.
Words = Annotated[str, Field(pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Text = Annotated[dict[Language, Words], Field(min_length=1)]
Codes = Annotated[list[Code], Field(min_length=1)]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
Weight = Annotated[int, Field(ge=1, le=LARGEST_COUNT)]
Number = Annotated[Decimal, BeforeValidator(whole_as_decimal), WithJsonSchema({"type": "number"})]
Percentage = Annotated[Number, Field(ge=0, le=100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
Aggregation = Literal["mean", "minimum"]
Effort = Annotated[int, Field(ge=1, le=5)]


def no_truth_value(value: Any) -> Any:
    return str(value) if isinstance(value, bool) else value  # true equals 1 in Python


def problem(text: str, **details: object) -> PydanticCustomError:
    """What explaining.py passes on as it is."""
    return PydanticCustomError("problem", "{text}", {"text": text, **details})


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AllShape(Shape):
    all_: Annotated[list["ConditionShape"], Field(alias="all", min_length=1)]


class AnyShape(Shape):
    any_: Annotated[list["ConditionShape"], Field(alias="any", min_length=1)]


class NotShape(Shape):
    not_: Annotated["ConditionShape", Field(alias="not")]


class ProfileShape(Shape):
    profile: Literal["sub_sector", "size", "activities"]
    in_: Annotated[Codes, Field(alias="in")]


class AnswerShape(Shape):
    answer: Code
    in_: Annotated[Codes, Field(alias="in")]


CONDITIONS = ("all", "any", "not", "profile", "answer")


def condition_kind(value: Any) -> str | None:
    """Return the one key that says what kind of condition this is; None where none or several do."""
    if isinstance(value, Shape):  # on its way back to data
        value = [field.alias or name for name, field in type(value).model_fields.items()]
    elif not isinstance(value, dict):
        return None
    kinds = [key for key in CONDITIONS if key in value]
    return kinds[0] if len(kinds) == 1 else None


ConditionShape = Annotated[
    Annotated[AllShape, Tag("all")]
    | Annotated[AnyShape, Tag("any")]
    | Annotated[NotShape, Tag("not")]
    | Annotated[ProfileShape, Tag("profile")]
    | Annotated[AnswerShape, Tag("answer")],
    Discriminator(condition_kind),
]


class ChoiceShape(Shape):
    code: Code
    points: Count
    effort: Effort = 1
    text: Text
    next_step: Text | None = None


class PracticeShape(ChoiceShape):
    """A choice of a multiple question."""

    exclusive: bool = False


class BandShape(Shape):
    from_: Annotated[Number, Field(alias="from")]
    points: Count
    effort: Effort = 1


class QuestionShape(Shape):
    code: Code
    weight: Count = 1
    express: bool = False
    required: bool = True
    allow_not_applicable: bool = False
    allow_unknown: bool = True
    text: Text
    help: Text | None = None
    obligation: Text | None = None
    applies_when: ConditionShape | None = None


class ScoredQuestionShape(QuestionShape):
    """Counts, unless its weight is 0."""

    @field_validator("required")
    @classmethod
    def not_optional(cls, required: bool, known: ValidationInfo) -> bool:
        if not required and known.data.get("weight") != 0:
            raise problem(gettext_noop("only an unscored question may be optional: remove this, or give it weight: 0"))
        return required


class ChoiceQuestionShape(ScoredQuestionShape):
    kind: Literal["choice"]
    choices: Annotated[list[ChoiceShape], Field(min_length=1)]


class MultipleQuestionShape(ScoredQuestionShape):
    kind: Literal["multiple"]
    cap: Count | None = None
    choices: Annotated[list[PracticeShape], Field(min_length=1)]

    @field_validator("cap")
    @classmethod
    def winnable(cls, cap: int | None, known: ValidationInfo) -> int | None:
        if cap == 0 and known.data.get("weight") != 0:
            raise problem(gettext_noop("is 0, no point can be won: raise it, or give the question weight: 0"))
        return cap


class NumberQuestionShape(ScoredQuestionShape):
    kind: Literal["number"]
    unit: Text | None = None
    min: Number
    max: Number
    bands: Annotated[list[BandShape], Field(min_length=1)]

    @field_validator("max")
    @classmethod
    def above_min(cls, highest: Decimal, known: ValidationInfo) -> Decimal:
        lowest = known.data.get("min")
        if lowest is not None and lowest >= highest:
            raise problem(gettext_noop("must be above min, %(low)s"), low=lowest)
        return highest


class TextQuestionShape(QuestionShape):
    kind: Literal["text"]


AnyQuestionShape = Annotated[
    ChoiceQuestionShape | MultipleQuestionShape | NumberQuestionShape | TextQuestionShape, Field(discriminator="kind")
]


class CapabilityShape(Shape):
    code: Code
    weight: Weight = 1
    aggregation: Aggregation = "mean"
    reads_as: dict[Code, Code] = {}
    title: Text
    description: Text | None = None
    questions: Annotated[list[AnyQuestionShape], Field(min_length=1)]


class DimensionShape(Shape):
    code: Code
    weight: Weight = 1
    aggregation: Aggregation = "mean"
    title: Text
    description: Text | None = None
    capabilities: Annotated[list[CapabilityShape], Field(min_length=1)]


class LevelShape(Shape):
    number: Count
    from_: Annotated[Percentage, Field(alias="from")]
    every_dimension_at_least: Percentage | None = None
    title: Text
    description: Text | None = None


class FrameDimensionShape(Shape):
    code: Code
    title: Text


class FrameShape(Shape):
    code: Code
    title: Text
    note: Text | None = None
    dimensions: Annotated[list[FrameDimensionShape], Field(min_length=1)]


class TargetShape(Shape):
    when: ConditionShape
    dimensions: Annotated[dict[Code, Annotated[int, Field(ge=0, le=100)]], Field(min_length=1)]


class PolicyShape(Shape):
    unknown: Literal["zero", "exclude"] = "zero"


class ProfileListsShape(Shape):
    sub_sector: list[Code] = []
    size: list[Code] = []
    activities: list[Code] = []


class QuestionnaireShape(Shape):
    format: Annotated[Literal[1, 2], BeforeValidator(no_truth_value)]
    code: Code
    version: Code
    languages: Annotated[list[Language], Field(min_length=1)]
    title: Text
    introduction: Text | None = None
    policy: PolicyShape = PolicyShape()
    aggregation: Aggregation = "mean"
    profile: ProfileListsShape | None = None
    frames: list[FrameShape] = []
    levels: Annotated[list[LevelShape], Field(min_length=1)]
    targets: list[TargetShape] = []
    dimensions: Annotated[list[DimensionShape], Field(min_length=1)]


class _Untitled(GenerateJsonSchema):
    """Says what load does: a key may be left out, never left empty; one that matches no pattern is refused."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> dict[str, Any]:
        given = super().default_schema(schema)
        return {key: value for key, value in given.items() if key != "default" or value is not None}

    def dict_schema(self, schema: Any) -> dict[str, Any]:
        return {**super().dict_schema(schema), "additionalProperties": False}


def json_schema() -> str:
    """Return the JSON Schema of the format, for editors and other programs; the cross-checks are load's alone."""
    schema = QuestionnaireShape.model_json_schema(schema_generator=_Untitled)
    schema = {"$schema": _Untitled.schema_dialect, **schema, "title": "Questionnaire file, formats 1 and 2"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(json_schema())
