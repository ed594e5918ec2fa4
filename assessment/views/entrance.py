"""Signing in: the address first, then how one proves that it is one's own; the same page for every address."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assessment.forms.accounts import Login, Who
from marks import entrance


class AddressFirst(LoginView):
    """allauth's view takes a password; before that, what was typed is asked of nobody and looked up nowhere."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=Who()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "password" in request.POST:
            return super().post(request, *args, **kwargs)
        who = Who(request.POST)
        if not who.is_valid():
            return self.render_to_response(self.get_context_data(form=who))
        form = Login(request=request, initial={"login": who.cleaned_data["login"]})
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"how": isinstance(context["form"], Login)}


login = entrance(require_http_methods(["GET", "HEAD", "POST"])(AddressFirst.as_view()))
