"""How the Data Docs show an expectation of this project's own: the rule in words, and a badge for each column."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


class ShownAsBadges:
    """To be named before the library's class among an expectation's bases."""

    rule_in_words: ClassVar[str]

    @classmethod
    @abstractmethod
    def badges(cls, kwargs: Mapping[str, Any]) -> list[str]:
        """What the expectation says of each of its columns."""

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,  # noqa: ARG003  (the library's signature)
        runtime_configuration: dict[Any, Any] | None = None,  # noqa: ARG003  (the library's signature)
    ) -> list[RenderedStringTemplateContent]:
        assert configuration is not None
        badges = cls.badges(configuration.kwargs)
        template = f"{cls.rule_in_words}: " + ", ".join(f"$c{number}" for number in range(len(badges)))
        params = {f"c{number}": badge for number, badge in enumerate(badges)}
        styling = {"default": {"classes": ["badge", "badge-secondary"]}}
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template",
                string_template={"template": template, "params": params, "styling": styling},
            )
        ]
