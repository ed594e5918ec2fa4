"""Tags of every template: ``once`` and ``fresh`` for parts that are kept, ``url`` for addresses worked out once."""

import re
import secrets
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

from django import template
from django.conf import settings
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fragments import Key, Pieces, memory

register = template.Library()
ADDRESSES = 20_000
PLAIN = {str, SafeString, int, bool, type(None)}
# Stands in a part for what is rendered each time; nobody can guess it, and so nobody can write it into a page
HOLE = f"\0{secrets.token_hex(8)}:{{}}\0"
HOLES = re.compile(HOLE.format("([0-9]+)"))


class Alone(Context):
    """What a kept part is made of, and nothing else."""


class OnceNode(Node):
    """Rendered once for a language and values, and seeing nothing but these: so it never shows what is no longer."""

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: Context) -> str:
        values = {name: expression.resolve(context, ignore_failures=True) for name, expression in self.values.items()}
        key = (self, get_language(), *[identity(value) for value in values.values()])
        pieces = memory.find(key)
        if pieces is None:
            pieces = self.pieces(context, values)
            size = sum(len(each) for each in pieces if isinstance(each, str))
            memory.keep(key, pieces, size=size, made_of=[*map(held, values.values())])
        return SafeString("".join(each if isinstance(each, str) else each.render(context) for each in pieces))

    def pieces(self, context: Context, values: dict[str, Any]) -> Pieces:
        """Texts and, between two of them, a node that is rendered each time."""
        assert context.template is not None  # set as long as a page is rendered
        alone = Alone(values, autoescape=context.autoescape)
        with alone.bind_template(context.template):
            pieces = HOLES.split(self.nodelist.render(alone))
        pieces[1::2] = [FreshNode.met[int(number)] for number in pieces[1::2]]
        return pieces


class FreshNode(Node):
    """Within a kept part: rendered each time, and seeing what the page around that part sees."""

    met: WeakValueDictionary[int, "FreshNode"] = WeakValueDictionary()

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.met[id(self)] = self

    def render(self, context: Context) -> str:
        return HOLE.format(id(self)) if isinstance(context, Alone) else self.nodelist.render(context)


def identity(value: Any) -> Key:
    """Return what tells the value from all others that would be shown differently; TypeError if nothing surely does.

    A value that is worked out anew each time, from what never changes, says so in ``made_from``.
    """
    if type(value) in PLAIN:
        return type(value), value
    if type(value) is tuple:
        return tuple, *[identity(one) for one in value]
    if hasattr(value, "made_from"):
        return type(value), identity(value.made_from)
    if getattr(value, "__dataclass_params__", None) and value.__dataclass_params__.frozen:
        return type(value), id(value)  # held as long as the part is
    raise TypeError(f"a part can't be kept by a {type(value).__name__}")


def held(value: object) -> object:
    return getattr(value, "made_from", value)


class AddressNode(URLNode):
    def render(self, context: Context) -> str:
        if self.asvar or self.kwargs:
            return super().render(context)
        request = getattr(context, "request", None)
        here = getattr(getattr(request, "resolver_match", None), "namespace", None)
        arguments = [argument.resolve(context) for argument in self.args]
        where = address(
            self.view_name.resolve(context),
            *[getattr(request, "current_app", here), settings.ROOT_URLCONF, get_script_prefix(), get_language()],
            *arguments,
        )
        return conditional_escape(where) if context.autoescape else where


@lru_cache(maxsize=ADDRESSES, typed=True)
def address(
    name: str, current_app: str | None, addresses: str, prefix: str, language: str | None, *arguments: object
) -> str:
    return reverse(name, args=arguments, current_app=current_app)


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """{% once name=value … %}: what is in it knows these names alone."""
    bits = token.split_contents()[1:]
    values = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"once takes name=value, not {bits[0]}")
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return OnceNode(nodelist, values)


@register.tag
def fresh(parser: Parser, token: Token) -> FreshNode:
    nodelist = parser.parse(["endfresh"])
    parser.delete_first_token()
    return FreshNode(nodelist)


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    node = url_of_django(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
