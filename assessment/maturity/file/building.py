"""Turns a file of the right shape into the questionnaire the engine reads."""

from decimal import Decimal
from fractions import Fraction

from assessment.maturity.conditions import Condition, from_data
from assessment.maturity.definition import (
    Band,
    Capability,
    Choice,
    Dimension,
    Frame,
    FrameDimension,
    Level,
    ProfileSpec,
    Question,
    Questionnaire,
    Target,
)
from assessment.maturity.file.schema import (
    CapabilityShape,
    ChoiceQuestionShape,
    ChoiceShape,
    ConditionShape,
    DimensionShape,
    FrameShape,
    LevelShape,
    MultipleQuestionShape,
    NumberQuestionShape,
    PracticeShape,
    ProfileListsShape,
    QuestionnaireShape,
    TargetShape,
    TextQuestionShape,
)


def build(shape: QuestionnaireShape) -> Questionnaire:
    return Questionnaire(
        format=shape.format,
        code=shape.code,
        version=shape.version,
        languages=tuple(shape.languages),
        title=shape.title,
        introduction=shape.introduction,
        unknown_policy=shape.policy.unknown,
        aggregation=shape.aggregation,
        profile=None if shape.profile is None else _profile(shape.profile),
        frames=tuple(_frame(frame) for frame in shape.frames),
        levels=tuple(_level(level) for level in shape.levels),
        targets=tuple(_target(target) for target in shape.targets),
        dimensions=tuple(_dimension(dimension) for dimension in shape.dimensions),
    )


def _profile(shape: ProfileListsShape) -> ProfileSpec:
    return ProfileSpec(sub_sector=tuple(shape.sub_sector), size=tuple(shape.size), activities=tuple(shape.activities))


def _frame(shape: FrameShape) -> Frame:
    return Frame(
        code=shape.code,
        title=shape.title,
        note=shape.note,
        dimensions=tuple(FrameDimension(code=child.code, title=child.title) for child in shape.dimensions),
    )


def _level(shape: LevelShape) -> Level:
    return Level(
        number=shape.number,
        start=Fraction(shape.from_),
        every_dimension_at_least=_fraction(shape.every_dimension_at_least),
        title=shape.title,
        description=shape.description,
    )


def _target(shape: TargetShape) -> Target:
    return Target(when=from_data(shape.when.model_dump(by_alias=True)), dimensions=shape.dimensions)


def _fraction(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _dimension(shape: DimensionShape) -> Dimension:
    return Dimension(
        code=shape.code,
        weight=shape.weight,
        aggregation=shape.aggregation,
        title=shape.title,
        description=shape.description,
        capabilities=tuple(_capability(capability) for capability in shape.capabilities),
    )


def _capability(shape: CapabilityShape) -> Capability:
    return Capability(
        code=shape.code,
        weight=shape.weight,
        aggregation=shape.aggregation,
        reads_as=shape.reads_as,
        title=shape.title,
        description=shape.description,
        questions=tuple(_question(question) for question in shape.questions),
    )


def _question(
    shape: ChoiceQuestionShape | MultipleQuestionShape | NumberQuestionShape | TextQuestionShape,
) -> Question:
    choices: list[ChoiceShape] | list[PracticeShape] = []
    if isinstance(shape, ChoiceQuestionShape | MultipleQuestionShape):
        choices = shape.choices
    number = shape if isinstance(shape, NumberQuestionShape) else None
    return Question(
        code=shape.code,
        kind=shape.kind,
        text=shape.text,
        weight=shape.weight,
        express=shape.express,
        required=shape.required,
        allow_not_applicable=shape.allow_not_applicable,
        allow_unknown=shape.allow_unknown,
        help=shape.help,
        obligation=shape.obligation,
        applies_when=_condition(shape.applies_when),
        choices=tuple(_choice(choice) for choice in choices),
        cap=shape.cap if isinstance(shape, MultipleQuestionShape) else None,
        unit=number.unit if number else None,
        minimum=Fraction(number.min) if number else None,
        maximum=Fraction(number.max) if number else None,
        bands=tuple(Band(Fraction(band.from_), band.points, band.effort) for band in number.bands) if number else (),
    )


def _choice(shape: ChoiceShape) -> Choice:
    exclusive = isinstance(shape, PracticeShape) and shape.exclusive
    return Choice(shape.code, shape.points, shape.text, shape.next_step, exclusive, shape.effort)


def _condition(shape: ConditionShape | None) -> Condition | None:
    return None if shape is None else from_data(shape.model_dump(by_alias=True))
